import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileFailure } from './file-failure.ts';
import { checkImageKey, checkImagePrefix } from './image-key.ts';
import { imageNotFound } from './image-not-found.ts';
import type { ImageStore } from './image-store.ts';

/** Keys never start with a dot, so an unfinished file is told from an image by its name. */
const UNFINISHED = /^\.[0-9a-f-]{36}\.tmp$/;
/** No write takes this long: an unfinished file of this age was left by a process that died. */
const UNFINISHED_MAX_AGE_MS = 10 * 60_000;

/**
 * Keeps images as files below `root`, which is made on the first write. A file appears under its key whole and on
 * disk, or not at all; files and folders are for the running user only, as they show people.
 */
export function fileSystemImageStore(root: string): ImageStore {
  const rootPath = resolve(root);
  const pathOf = (key: string) => join(rootPath, ...key.split('/'));

  return {
    async put(key, bytes, _type, signal) {
      const path = pathOf(checkImageKey(key));
      try {
        await writeWhole(path, bytes, signal);
        await sweepUnfinished(dirname(path));
      } catch (error) {
        signal?.throwIfAborted();
        throw fileFailure(error);
      }
    },

    async get(key, signal) {
      const path = pathOf(checkImageKey(key));
      try {
        return await readFile(path, { signal });
      } catch (error) {
        signal?.throwIfAborted();
        throw isMissing(error) ? imageNotFound(key, error) : fileFailure(error);
      }
    },

    async list(prefix, signal) {
      return listKeys(rootPath, checkImagePrefix(prefix), signal);
    },

    async removeAll(prefix, signal) {
      const keys = await listKeys(rootPath, checkImagePrefix(prefix), signal);
      await removeFolder(pathOf(prefix.slice(0, -1)), rootPath);
      return keys.length;
    },

    locate: (key) => pathOf(checkImageKey(key)),
  };
}

/**
 * Writes beside the target, brings the bytes to the disk, then renames: a reader sees all of it or nothing. Starts over
 * where `removeAll()` took the folder away in between.
 */
async function writeWhole(
  path: string,
  bytes: Uint8Array,
  signal?: AbortSignal,
  triesLeft = 3,
): Promise<void> {
  signal?.throwIfAborted();
  const unfinished = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(unfinished, bytes, { flag: 'wx', mode: 0o600, flush: true, signal });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    if (triesLeft > 1 && isMissing(error)) return writeWhole(path, bytes, signal, triesLeft - 1);
    throw error;
  }
}

async function sweepUnfinished(folder: string, now = Date.now()): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return []; // `removeAll()` has just swept it all
    throw error;
  });
  for (const name of names) {
    if (!UNFINISHED.test(name)) continue;
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => now - mtimeMs,
      () => 0, // another process has just finished or swept it
    );
    if (age > UNFINISHED_MAX_AGE_MS) await rm(path, { force: true });
  }
}

async function listKeys(rootPath: string, prefix: string, signal?: AbortSignal): Promise<string[]> {
  try {
    return await keysBelow(rootPath, prefix.slice(0, -1), signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw fileFailure(error);
  }
}

/** A folder that goes away while it is walked has no keys any more; the others keep theirs. */
async function keysBelow(rootPath: string, folder: string, signal?: AbortSignal): Promise<string[]> {
  signal?.throwIfAborted();
  const entries = await readdir(join(rootPath, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const keys: string[] = [];
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) keys.push(...(await keysBelow(rootPath, path, signal)));
    else if (entry.isFile() && !UNFINISHED.test(entry.name)) keys.push(path);
  }
  return keys;
}

/** Removes a folder with its unfinished files, in which a face may lie too, and the parents that it leaves empty. */
async function removeFolder(folder: string, rootPath: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    throw fileFailure(error);
  }
  for (let parent = dirname(folder); parent !== rootPath; parent = dirname(parent)) {
    const removed = await rmdir(parent).then(
      () => true,
      () => false, // not empty, or gone already: either way the climb ends
    );
    if (!removed) return;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
