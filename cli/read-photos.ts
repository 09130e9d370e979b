import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { BadPhotoError } from '#core/errors.ts';
import { PHOTO_LIMITS } from '#core/imaging/photo-header.ts';

/**
 * Reads a photo that a person named on the command line.
 *
 * @throws {BadPhotoError} when there is no such file, it cannot be read, or it is too big to be a photo: without reading it.
 */
export async function readPhotoFile(path: string, signal: AbortSignal): Promise<Uint8Array> {
  const name = basename(path);
  try {
    const { size } = await stat(path);
    if (size > PHOTO_LIMITS.maxBytes) {
      throw new BadPhotoError(
        `"${name}" is ${Math.round(size / 2 ** 20)} MiB: photos may have up to ${PHOTO_LIMITS.maxBytes / 2 ** 20} MiB`,
      );
    }
    return await readFile(path, { signal });
  } catch (cause) {
    if (cause instanceof BadPhotoError || signal.aborted) throw cause;
    throw new BadPhotoError(`Cannot read the file "${name}": check the path and its permissions`, { cause });
  }
}
