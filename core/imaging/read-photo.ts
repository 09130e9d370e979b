import { damagedPhoto } from './damaged-photo.ts';
import { openUpright } from './open-upright.ts';
import { photoHeader } from './photo-header.ts';

/** Decoded pixels of a photo, upright. */
export interface Photo {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Uint8Array[heightPx * widthPx * 3], row by row, R G B, sRGB, 0-255. */
  readonly rgb: Uint8Array;
}

export interface ReadPhotoOptions {
  /** Scales the photo down (never up) so that its longer side has at most this many pixels, while decoding where it can. */
  readonly maxSidePx?: number;
}

/**
 * Decodes a photo to upright sRGB pixels: EXIF orientation applied, colour profiles and CMYK converted, 16 bit brought
 * down to 8, transparency laid on white. All limits are checked before the first pixel is decoded.
 *
 * @throws {BadPhotoError} when the bytes are not a picture, truncated, animated or over the limits of `photoHeader()`.
 */
export async function readPhoto(
  bytes: Uint8Array,
  signal: AbortSignal,
  { maxSidePx }: ReadPhotoOptions = {},
): Promise<Photo> {
  signal.throwIfAborted();
  const { widthPx, heightPx } = await photoHeader(bytes);
  signal.throwIfAborted();

  const upright = openUpright(bytes);
  // Scaling to the size it has would double the time of a 2048 px photo (measured).
  if (maxSidePx && Math.max(widthPx, heightPx) > maxSidePx)
    upright.resize(maxSidePx, maxSidePx, { fit: 'inside' });
  const { data, info } = await upright
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => Promise.reject(damagedPhoto(cause)));
  signal.throwIfAborted();
  return { widthPx: info.width, heightPx: info.height, rgb: data };
}
