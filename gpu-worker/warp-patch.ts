import type { Photo } from '#core/imaging/read-photo.ts';
import type { Similarity } from './fit-similarity.ts';

/** Under this many patch pixels per photo pixel, one sample a pixel aliases and costs similarity (models.md section 2). */
const SUPERSAMPLE_BELOW_SCALE = 0.75;
const MAX_SAMPLES_PER_SIDE = 4;

/** A square cut out of a photo: Uint8Array-like numbers 0-255, Float32Array[sizePx * sizePx * 3], row by row, R G B. */
export interface Patch {
  readonly sizePx: number;
  readonly rgb: Float32Array;
}

/**
 * Samples a square patch out of a photo, bilinear, averaged over several samples where the patch is smaller.
 *
 * toPhoto: brings patch pixels to photo pixels. What lies outside the photo is black.
 */
export function warpPatch(photo: Photo, toPhoto: Similarity, sizePx: number): Patch {
  const photoPxPerPatchPx = Math.hypot(toPhoto.a, toPhoto.b);
  const perSide =
    photoPxPerPatchPx > 1 / SUPERSAMPLE_BELOW_SCALE
      ? Math.min(MAX_SAMPLES_PER_SIDE, Math.ceil(photoPxPerPatchPx))
      : 1;
  const offsets = Array.from({ length: perSide }, (_, i) => (i + 0.5) / perSide - 0.5);
  const rgb = new Float32Array(sizePx * sizePx * 3);
  const weight = 1 / (perSide * perSide);
  for (let v = 0, at = 0; v < sizePx; v++)
    for (let u = 0; u < sizePx; u++, at += 3)
      for (const offsetV of offsets)
        for (const offsetU of offsets) {
          const [pu, pv] = [u + offsetU, v + offsetV];
          const x = toPhoto.a * pu - toPhoto.b * pv + toPhoto.dx;
          const y = toPhoto.b * pu + toPhoto.a * pv + toPhoto.dy;
          addSample(photo, x, y, weight, rgb, at);
        }
  return { sizePx, rgb };
}

/** Adds `weight` times the bilinear colour at (x, y) to rgb[at..at+2]. */
function addSample(photo: Photo, x: number, y: number, weight: number, rgb: Float32Array, at: number): void {
  const { widthPx, heightPx, rgb: pixels } = photo;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x - left;
  const down = y - top;
  for (let corner = 0; corner < 4; corner++) {
    const column = left + (corner & 1);
    const row = top + (corner >> 1);
    if (column < 0 || row < 0 || column >= widthPx || row >= heightPx) continue;
    const share = weight * (corner & 1 ? right : 1 - right) * (corner >> 1 ? down : 1 - down);
    const from = (row * widthPx + column) * 3;
    // In bounds by the check above; `as` spares a branch in the innermost loop.
    rgb[at] = (rgb[at] as number) + share * (pixels[from] as number);
    rgb[at + 1] = (rgb[at + 1] as number) + share * (pixels[from + 1] as number);
    rgb[at + 2] = (rgb[at + 2] as number) + share * (pixels[from + 2] as number);
  }
}

/** Brightness of each pixel, 0-255 (luma of ITU-R BT.601). */
export function patchLuma({ rgb, sizePx }: Patch): Float32Array {
  const luma = new Float32Array(sizePx * sizePx);
  for (let i = 0; i < luma.length; i++)
    luma[i] = 0.299 * (rgb[i * 3] ?? 0) + 0.587 * (rgb[i * 3 + 1] ?? 0) + 0.114 * (rgb[i * 3 + 2] ?? 0);
  return luma;
}
