import type { Photo } from '#core/imaging/read-photo.ts';

interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A part of a photo at a fraction of its size. */
export interface ShrunkRegion {
  /** Photo pixel of its first block's first pixel. */
  readonly left: number;
  readonly top: number;
  readonly photo: Photo;
}

/**
 * Averages `block` x `block` pixels into one, over the part of a photo that `bounds` touch.
 *
 * bounds: photo pixels; may reach past the photo. What is narrower than a block at its far edges is left out; a part
 * with nothing in it gives a photo of 0 x 0.
 */
export function shrinkRegion(photo: Photo, bounds: Bounds, block: number): ShrunkRegion {
  const left = clamp(Math.floor(bounds.left) - block, photo.widthPx);
  const top = clamp(Math.floor(bounds.top) - block, photo.heightPx);
  const widthPx = Math.floor((clamp(Math.ceil(bounds.right) + 2 * block, photo.widthPx) - left) / block);
  const heightPx = Math.floor((clamp(Math.ceil(bounds.bottom) + 2 * block, photo.heightPx) - top) / block);
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  const sums = new Uint32Array(widthPx * 3);
  const count = block * block;
  for (let row = 0; row < heightPx; row++) {
    sums.fill(0);
    for (let line = 0; line < block; line++)
      addLine(sums, photo.rgb, ((top + row * block + line) * photo.widthPx + left) * 3, block);
    const to = row * widthPx * 3;
    for (let i = 0; i < sums.length; i++) rgb[to + i] = ((sums[i] as number) + count / 2) / count;
  }
  return { left, top, photo: { widthPx, heightPx, rgb } };
}

/** Adds a line of pixels to the sums of its blocks; `as` because bounds hold by construction and this loop is hot. */
function addLine(sums: Uint32Array, pixels: Uint8Array, start: number, block: number): void {
  let from = start;
  for (let to = 0; to < sums.length; to += 3) {
    let [red, green, blue] = [0, 0, 0];
    for (let i = 0; i < block; i++, from += 3) {
      red += pixels[from] as number;
      green += pixels[from + 1] as number;
      blue += pixels[from + 2] as number;
    }
    sums[to] = (sums[to] as number) + red;
    sums[to + 1] = (sums[to + 1] as number) + green;
    sums[to + 2] = (sums[to + 2] as number) + blue;
  }
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size, value));
}
