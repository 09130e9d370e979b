import sharp, { type Metadata } from 'sharp';
import { BadPhotoError } from '../errors.ts';
import { damagedPhoto } from './damaged-photo.ts';
import { type PhotoType, sniffPhotoType } from './sniff-photo-type.ts';

export interface PhotoHeader {
  readonly type: Exclude<PhotoType, 'image/heic'>;
  /** Size of the upright picture (EXIF orientation applied), px. */
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * 20 MB holds a full-frame JPEG of today's cameras; 50 MP decodes to 150 MB of RGB, which a worker can carry.
 * Under 16 px there is nothing to see.
 */
export const PHOTO_LIMITS = { maxBytes: 20_000_000, maxPixels: 50_000_000, minSidePx: 16 } as const;

/**
 * Reads what a photo says of itself, without decoding a pixel, and refuses what must not be decoded.
 *
 * @throws {BadPhotoError} when `bytes` are empty, over a limit, animated, or no JPEG, PNG, WebP or AVIF.
 */
export async function photoHeader(bytes: Uint8Array): Promise<PhotoHeader> {
  if (bytes.length === 0) throw new BadPhotoError('The photo is empty (0 bytes); send it again');
  if (bytes.length > PHOTO_LIMITS.maxBytes) {
    throw new BadPhotoError(
      `The photo has ${megabytes(bytes.length)} MB; send one of at most ${megabytes(PHOTO_LIMITS.maxBytes)} MB`,
    );
  }
  const type = sniffPhotoType(bytes);
  if (!type) throw new BadPhotoError('This file is not a photo; send a JPEG, PNG, WebP or AVIF picture');
  if (type === 'image/heic') {
    // The prebuilt libvips carries no HEVC decoder (patents).
    throw new BadPhotoError('HEIC photos cannot be read; export the photo as JPEG or PNG and send that');
  }
  const metadata = await readMetadata(bytes);
  if ((metadata.pages ?? 1) > 1 || isAnimatedPng(bytes, type)) {
    throw new BadPhotoError('The picture is animated or has several pages; send a single still photo');
  }
  const { width: widthPx, height: heightPx } = metadata.autoOrient;
  checkSize(widthPx, heightPx);
  return { type, widthPx, heightPx };
}

async function readMetadata(bytes: Uint8Array): Promise<Metadata> {
  try {
    return await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw damagedPhoto(cause);
  }
}

function checkSize(widthPx: number, heightPx: number): void {
  if (widthPx * heightPx > PHOTO_LIMITS.maxPixels) {
    const limit = PHOTO_LIMITS.maxPixels / 1e6;
    throw new BadPhotoError(
      `The photo has ${widthPx} x ${heightPx} pixels; scale it down to at most ${limit} megapixels`,
    );
  }
  if (Math.min(widthPx, heightPx) < PHOTO_LIMITS.minSidePx) {
    throw new BadPhotoError(`The photo has only ${widthPx} x ${heightPx} pixels; send a larger one`);
  }
}

/**
 * libpng shows only the first frame of an animated PNG and does not say so. The `acTL` chunk must come before the
 * first `IDAT` (PNG 3rd ed., 11.3.6.1).
 */
function isAnimatedPng(bytes: Uint8Array, type: PhotoType): boolean {
  if (type !== 'image/png') return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const chunk = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (chunk === 'acTL') return true;
    if (chunk === 'IDAT') return false;
  }
  return false;
}

function megabytes(count: number): string {
  return (count / 1e6).toFixed(count % 1e6 === 0 ? 0 : 1);
}
