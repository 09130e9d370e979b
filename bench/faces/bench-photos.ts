import { globSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

export interface BenchPhoto {
  readonly file: string;
  readonly sidePx: number;
  readonly jpeg: Uint8Array;
}

const PROJECT = path.join(import.meta.dirname, '../..');
/** The drawn sample character, and photos of people where they lie beside the checkout. */
const SOURCES = [
  'assets/mira/*.jpg',
  '../shared/faces/people/{london_004,london_119}/smiling.jpg',
  '../shared/faces/people/lisa/lisa1.jpg',
];
/** A chat upload, a render, and a phone photo; long sides, px. */
const SIDES_PX = [512, 1024, 2048];

/** Photos with one face each, every one in several sizes. */
export async function benchPhotos(): Promise<BenchPhoto[]> {
  const photos: BenchPhoto[] = [];
  for (const file of globSync(SOURCES, { cwd: PROJECT }).toSorted())
    for (const sidePx of SIDES_PX) {
      const scaled = sharp(path.join(PROJECT, file)).resize(sidePx, sidePx, { fit: 'inside' });
      photos.push({ file, sidePx, jpeg: await scaled.jpeg({ quality: 92 }).toBuffer() });
    }
  if (!photos.length) throw new Error(`No photo matches ${SOURCES.join(', ')}`);
  return photos;
}
