import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { convertFaceApi } from '#models/convert/convert-face-api.ts';
import { findPack } from '#models/find-pack.ts';
import { preparePack } from '#models/prepare-pack.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';

const FACE_API = path.dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json'));

/** The default pack, built into `dir` as a user's first run builds it. */
export async function bundledPack(dir: string): Promise<PreparedPack> {
  return preparePack(await findPack('bundled'), { dir, build: convertFaceApi });
}

/** One of the library's six sample photos: three to five young women each, no person twice. */
export function samplePhoto(number: 1 | 2 | 3 | 4 | 5 | 6): Promise<Buffer> {
  return readFile(path.join(FACE_API, `demo/sample${number}.jpg`));
}
