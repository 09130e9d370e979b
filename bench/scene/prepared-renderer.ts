import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import type { Renderer } from '../../core/renderer/renderer.ts';

const SIDE_PX = 1024;

/** Makes `count` pictures of the character in `photo`, each a little darker, so that every scene stores its own. */
export async function preparePictures(
  photo: string,
  { dir, count }: { dir: string; count: number },
): Promise<void> {
  const square = await sharp(photo).resize(SIDE_PX, SIDE_PX, { fit: 'cover', position: 'top' }).toBuffer();
  for (let i = 0; i < count; i++)
    await sharp(square)
      .linear(1 - i / 1000)
      .jpeg({ quality: 90 })
      .toFile(pictureIn(dir, i));
}

/** A renderer that answers at once, with the next of the prepared pictures. */
export function preparedRenderer(dir: string): Renderer {
  let next = 0;
  return {
    name: 'prepared',
    render: async () => ({
      kind: 'image',
      image: await readFile(pictureIn(dir, next++)),
      type: 'image/jpeg',
      costUsd: 0,
    }),
  };
}

function pictureIn(dir: string, i: number): string {
  return path.join(dir, `${i}.jpg`);
}
