import { BadPhotoError } from '../errors.ts';

/** The error of a photo that cannot be decoded whole: cut off on its way, or broken inside. */
export function damagedPhoto(cause: unknown): BadPhotoError {
  return new BadPhotoError('The photo is damaged or cut off; send the original file again', { cause });
}
