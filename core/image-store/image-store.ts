import type { ImageType } from '../domain/image-ref.ts';

/** Keeps image bytes by key. Keys are content hashes below an owner, so `put` is idempotent. */
export interface ImageStore {
  /** @throws {StorageError} when the bytes could not be kept whole (disk full, no permission, server away). */
  put(key: string, bytes: Uint8Array, type: ImageType, signal?: AbortSignal): Promise<void>;
  /** @throws {NotFoundError} when nothing lies at `key`. */
  get(key: string, signal?: AbortSignal): Promise<Uint8Array>;
  /** Removes everything below `prefix` (`<tenant>/<owner>/`); returns how many images went. */
  removeAll(prefix: string, signal?: AbortSignal): Promise<number>;
  /** Keys below `prefix`, in no order. */
  list(prefix: string, signal?: AbortSignal): Promise<string[]>;
  /** Where a person finds the image: a file path or a URL. */
  locate(key: string): string;
}
