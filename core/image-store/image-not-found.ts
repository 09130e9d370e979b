import { NotFoundError } from '../errors.ts';

/** The error of a key where nothing lies; the key goes to the log only, as it names a tenant. */
export function imageNotFound(key: string, cause: unknown): NotFoundError {
  const where = new Error(`No image at ${key}`, { cause });
  return new NotFoundError('This picture is not stored any more', { cause: where });
}
