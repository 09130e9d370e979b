import { damagedPhoto } from './damaged-photo.ts';
import type { EncodedPicture } from './encoded-picture.ts';
import { openUpright } from './open-upright.ts';
import { photoHeader } from './photo-header.ts';

/**
 * Longer side of a stored reference. A face that fills a third of it has 680 px, six times the 112 px that face encoders
 * look at, and renderers take references of about this size.
 */
const MAX_SIDE_PX = 2048;

/**
 * Makes of an uploaded photo what is kept as a reference: upright, sRGB, at most 2048 px long, a JPEG of quality 92
 * without chroma subsampling. Pixels are all that passes: place, camera, thumbnails and whatever hides in or behind the
 * file stay out. Always JPEG, so that nobody after this meets another format.
 *
 * @throws {BadPhotoError} as `readPhoto()` does.
 */
export async function normalizeUpload(bytes: Uint8Array, signal: AbortSignal): Promise<EncodedPicture> {
  signal.throwIfAborted();
  await photoHeader(bytes);
  signal.throwIfAborted();
  const { data, info } = await openUpright(bytes)
    .resize(MAX_SIDE_PX, MAX_SIDE_PX, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => Promise.reject(damagedPhoto(cause)));
  signal.throwIfAborted();
  return { bytes: data, type: 'image/jpeg', widthPx: info.width, heightPx: info.height };
}
