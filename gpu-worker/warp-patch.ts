import type { Photo } from '#core/imaging/read-photo.ts';
import type { Similarity } from './fit-similarity.ts';
import { shrinkRegion } from './shrink-region.ts';

/** From this many photo pixels per patch pixel on, one sample a pixel aliases and costs similarity. */
const MAX_STEP = 4 / 3;

/** A square cut out of a photo: Float32Array[sizePx * sizePx * 3], row by row, R G B, 0-255. */
export interface Patch {
  readonly sizePx: number;
  readonly rgb: Float32Array;
}

/**
 * Samples a square patch out of a photo, bilinear; where the patch is much smaller than what it shows, blocks of photo
 * pixels are averaged first.
 *
 * toPhoto: brings patch pixels to photo pixels. What lies outside the photo is black.
 */
export function warpPatch(photo: Photo, toPhoto: Similarity, sizePx: number): Patch {
  const step = Math.hypot(toPhoto.a, toPhoto.b);
  const block = Math.ceil(step / MAX_STEP);
  if (block <= 1) return sample(photo, toPhoto, sizePx);
  const { left, top, photo: small } = shrinkRegion(photo, boundsOf(toPhoto, sizePx), block);
  // A block's colour lies at its middle.
  const middle = (block - 1) / 2;
  const toSmall: Similarity = {
    a: toPhoto.a / block,
    b: toPhoto.b / block,
    dx: (toPhoto.dx - left - middle) / block,
    dy: (toPhoto.dy - top - middle) / block,
  };
  return sample(small, toSmall, sizePx);
}

function boundsOf({ a, b, dx, dy }: Similarity, sizePx: number) {
  const end = sizePx - 1;
  const xs = [dx, dx + a * end, dx - b * end, dx + (a - b) * end];
  const ys = [dy, dy + b * end, dy + a * end, dy + (a + b) * end];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** The innermost loop of all: plain indices, and `as` where bounds hold by construction. */
function sample(photo: Photo, { a, b, dx, dy }: Similarity, sizePx: number): Patch {
  const { widthPx, heightPx, rgb: pixels } = photo;
  const rgb = new Float32Array(sizePx * sizePx * 3);
  const nextRow = widthPx * 3;
  for (let v = 0, at = 0; v < sizePx; v++)
    for (let u = 0; u < sizePx; u++, at += 3) {
      const x = a * u - b * v + dx;
      const y = b * u + a * v + dy;
      const left = Math.floor(x);
      const top = Math.floor(y);
      if (left < 0 || top < 0 || left + 1 >= widthPx || top + 1 >= heightPx) {
        sampleEdge(photo, x, y, rgb, at);
        continue;
      }
      const right = x - left;
      const down = y - top;
      const from = (top * widthPx + left) * 3;
      for (let i = 0; i < 3; i++) {
        const upper = (pixels[from + i] as number) * (1 - right) + (pixels[from + i + 3] as number) * right;
        const below = from + i + nextRow;
        const lower = (pixels[below] as number) * (1 - right) + (pixels[below + 3] as number) * right;
        rgb[at + i] = upper * (1 - down) + lower * down;
      }
    }
  return { sizePx, rgb };
}

/** The bilinear colour at (x, y) where some of its four pixels lie outside the photo: those are black. */
function sampleEdge(
  { widthPx, heightPx, rgb: pixels }: Photo,
  x: number,
  y: number,
  rgb: Float32Array,
  at: number,
) {
  const left = Math.floor(x);
  const top = Math.floor(y);
  for (const [column, row] of [
    [left, top],
    [left + 1, top],
    [left, top + 1],
    [left + 1, top + 1],
  ] as const) {
    if (column < 0 || row < 0 || column >= widthPx || row >= heightPx) continue;
    const share = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
    const from = (row * widthPx + column) * 3;
    for (let i = 0; i < 3; i++) rgb[at + i] = (rgb[at + i] ?? 0) + share * (pixels[from + i] ?? 0);
  }
}

/** Brightness of each pixel, 0-255 (luma of ITU-R BT.601). */
export function patchLuma({ rgb, sizePx }: Patch): Float32Array {
  const luma = new Float32Array(sizePx * sizePx);
  for (let i = 0; i < luma.length; i++)
    luma[i] = 0.299 * (rgb[i * 3] ?? 0) + 0.587 * (rgb[i * 3 + 1] ?? 0) + 0.114 * (rgb[i * 3 + 2] ?? 0);
  return luma;
}
