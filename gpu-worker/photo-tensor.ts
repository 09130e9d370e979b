import type { Photo } from '#core/imaging/read-photo.ts';
import { scalePhoto } from './scale-photo.ts';

/** The coarsest stride of the detectors that take any size, px. */
const STRIDE_PX = 32;

export interface PhotoTensor {
  /** Float32Array[3 * height * width]: planes B, G, R, 0-255, black right of and below the photo. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Tensor pixels per photo pixel. */
  readonly scale: number;
}

/** Scales a photo so that its longer side has `sidePx`, and pads it right and below to multiples of 32. */
export async function photoTensor(photo: Photo, sidePx: number): Promise<PhotoTensor> {
  const { pixels: scaled, widthPx, heightPx, scale } = scalePhoto(photo, sidePx);
  const pixels = await scaled.raw().toBuffer();
  const width = Math.ceil(widthPx / STRIDE_PX) * STRIDE_PX;
  const height = Math.ceil(heightPx / STRIDE_PX) * STRIDE_PX;
  const plane = width * height;
  const data = new Float32Array(3 * plane);
  for (let y = 0, from = 0; y < heightPx; y++) {
    let to = y * width;
    for (let x = 0; x < widthPx; x++, to++, from += 3) {
      data[2 * plane + to] = pixels[from] as number; // in bounds by construction
      data[plane + to] = pixels[from + 1] as number;
      data[to] = pixels[from + 2] as number;
    }
  }
  return { data, width, height, scale };
}
