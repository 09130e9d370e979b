import { mkdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from '../../errors.ts';
import { type EmbeddedPool, embeddedPool } from './embedded-pool.ts';
import { lockDirectory } from './lock-directory.ts';
import { startSession } from './session.ts';

/** Major version of the Postgres inside PGlite 0.5: a data folder of another one cannot be opened. */
export const EMBEDDED_MAJOR = 18;

/** BullMQ's statements name its tables without their schema; IDLock's own lie in `public`. */
export const SEARCH_PATH = 'bullmq, public';

/**
 * Opens the database in process, with its files in `dir` (made when missing), and takes the folder for this process.
 *
 * It survives the death of the process at any moment, but not a power loss: PGlite never calls fsync. So keep backups
 * (`backupEmbedded()`).
 *
 * @throws {StorageError} when another process has it open, or the folder or its files cannot be used.
 */
export async function openEmbeddedPool(dir: string, signal?: AbortSignal): Promise<EmbeddedPool> {
  const dataDir = await makeFolder(dir);
  const lock = await lockDirectory(dataDir);
  try {
    const options = { dataDir, searchPath: SEARCH_PATH };
    if ((await readMajor(dataDir)) === undefined) {
      // The thread that makes the files keeps the memory it took for that: 690 MB resident instead of 350 (measured).
      await (await startSession(options, signal)).close();
    }
    const session = await startSession(options, signal);
    return embeddedPool(session, () => lock.release());
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * Makes the folder when it is missing. Returns its real path, so that it has the same lock by whatever path it is
 * reached.
 */
export async function makeFolder(dir: string): Promise<string> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return await realpath(dir);
  } catch (cause) {
    throw new StorageError(
      'The data folder cannot be made. Check its permissions and the free space, or set IDLOCK_HOME to another folder.',
      { cause },
    );
  }
}

/** The major version of the files, or undefined when there are none yet. */
async function readMajor(dataDir: string): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const major = Number.parseInt(text, 10);
  if (major === EMBEDDED_MAJOR) return major;
  const advice =
    major > EMBEDDED_MAJOR
      ? 'Update idlock, or restore a backup made by this version'
      : 'Restore a backup made by this version, or start with another folder';
  throw new StorageError(
    `The data folder holds a Postgres ${major} database; this idlock brings Postgres ${EMBEDDED_MAJOR}. ${advice}.`,
  );
}
