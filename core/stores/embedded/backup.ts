import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StorageError } from '../../errors.ts';
import type { EmbeddedPool } from './embedded-pool.ts';
import { lockDirectory } from './lock-directory.ts';
import { makeFolder, SEARCH_PATH } from './open-embedded-pool.ts';
import { startSession } from './session.ts';

/**
 * Writes a whole copy of the embedded database to `file` (`.tar.gz`), while it is in use: statements wait meanwhile.
 * `file` is either the old one or the new one at any moment, also after a power loss.
 *
 * @throws {StorageError} when it cannot be written.
 */
export async function backupEmbedded(pool: EmbeddedPool, file: string): Promise<void> {
  const bytes = await pool.dump();
  const half = `${file}.${process.pid}.part`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(half, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
    await syncFolder(dirname(file));
  } catch (cause) {
    await rm(half, { force: true });
    throw new StorageError('The backup could not be written. Check the free space and permissions there.', {
      cause,
      retryable: true,
    });
  }
}

/**
 * Makes the database of a backup in `dir`, which must be missing or empty: a backup never overwrites data.
 *
 * @throws {StorageError} when `dir` holds something, is in use, or `file` is not a whole backup.
 */
export async function restoreEmbedded(file: string, dir: string, signal?: AbortSignal): Promise<void> {
  const restoreFrom = await readFile(file, { signal }).catch((cause: unknown) => {
    throw new StorageError('The backup cannot be read. Check its path and permissions.', { cause });
  });
  const target = await makeFolder(dir);
  const half = `${target}.restoring`;
  const lock = await lockDirectory(target);
  try {
    if ((await readdir(target)).length > 0) {
      throw new StorageError('The folder to restore into is not empty. Move it away first.');
    }
    await rm(half, { recursive: true, force: true });
    const session = await startSession({ dataDir: half, searchPath: SEARCH_PATH, restoreFrom }, signal);
    await session.close();
    await rename(half, target); // replaces an empty folder only
  } finally {
    await rm(half, { recursive: true, force: true });
    await lock.release();
  }
}

/** A rename is durable only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
