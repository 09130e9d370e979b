import { writeFile } from 'node:fs/promises';
import type { ImageRef } from '#core/domain/image-ref.ts';
import { StorageError } from '#core/errors.ts';
import type { ImageStore } from '#core/image-store/image-store.ts';

/** Writes a stored picture to a file of the person's choice. */
export async function writePicture(path: string, image: ImageRef, images: ImageStore): Promise<void> {
  const bytes = await images.get(image.key);
  await writeFile(path, bytes).catch((cause: unknown) => {
    throw new StorageError(`Cannot write the picture to "${path}": check the folder and its permissions`, {
      cause,
    });
  });
}
