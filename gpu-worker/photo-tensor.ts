import sharp from 'sharp';
import type { Photo } from '#core/imaging/read-photo.ts';

/** The coarsest stride of the detectors that take any size, px. */
const STRIDE_PX = 32;

export interface PhotoTensor {
  /** Float32Array[3 * height * width]: planes in the colour order asked for, 0-255, black right of and below the photo. */
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  /** Tensor pixels per photo pixel. */
  readonly scale: number;
}

/**
 * Scales a photo so that its longer side has `sidePx`, and pads it right and below as a detector wants it: to a
 * fixed square, or to the next multiples of 32.
 *
 * canvasPx: side of that square, at least `sidePx`.
 */
export async function photoTensor(
  photo: Photo,
  options: { readonly sidePx: number; readonly colour: 'rgb' | 'bgr'; readonly canvasPx?: number },
): Promise<PhotoTensor> {
  const { sidePx, colour, canvasPx } = options;
  const scale = sidePx / Math.max(photo.widthPx, photo.heightPx);
  const scaledWidth = Math.max(1, Math.round(photo.widthPx * scale));
  const scaledHeight = Math.max(1, Math.round(photo.heightPx * scale));
  const padded = (size: number) => canvasPx ?? Math.ceil(size / STRIDE_PX) * STRIDE_PX;
  const width = padded(scaledWidth);
  const height = padded(scaledHeight);

  const pixels = await sharp(photo.rgb, {
    raw: { width: photo.widthPx, height: photo.heightPx, channels: 3 },
  })
    .resize(scaledWidth, scaledHeight, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer();

  const data = new Float32Array(3 * width * height);
  const plane = width * height;
  const [first, third] = colour === 'rgb' ? [0, 2 * plane] : [2 * plane, 0];
  for (let y = 0, from = 0; y < scaledHeight; y++) {
    let to = y * width;
    for (let x = 0; x < scaledWidth; x++, to++, from += 3) {
      data[first + to] = pixels[from] as number; // in bounds by construction
      data[plane + to] = pixels[from + 1] as number;
      data[third + to] = pixels[from + 2] as number;
    }
  }
  return { data, width, height, scale };
}
