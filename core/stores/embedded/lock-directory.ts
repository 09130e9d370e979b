import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageError } from '../../errors.ts';

export interface DirectoryLock {
  release(): Promise<void>;
}

/** Room in a socket address: 104 bytes on macOS, 108 on Linux, with the closing zero; the file name takes 40. */
const MAX_FOLDER_BYTES = 60;
/** About 3 s of giving way to others that open at the same moment. */
const ATTEMPTS = 50;

/**
 * Takes `dir` for this process alone, until `release()` or its death, however that comes.
 *
 * The lock is a listening unix socket in `<dir>.lock/`: the kernel closes it with the process, also on kill -9, so it
 * is never stolen from the living and never left behind by the dead. Each opener puts its own socket there, then looks
 * at the others. Whoever finds a living one takes its own back; of two openers the later one always sees the earlier,
 * so two can never both go on. A socket becomes visible (by rename) only when it already listens, its name is never
 * used again, and so removing a dead one is safe.
 *
 * @throws {StorageError} naming the process that holds `dir`, or when the folder cannot hold a lock.
 */
export async function lockDirectory(dir: string): Promise<DirectoryLock> {
  const folder = `${dir}.lock`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const mine = await showSocket(folder);
      const others = await findLiving(folder, mine?.name);
      if (mine && others.length === 0) {
        await writeFile(markOf(folder, mine.name), '');
        return { release: () => hideSocket(folder, mine) };
      }
      if (mine) await hideSocket(folder, mine);
      const holder = others.find((name) => existsSync(markOf(folder, name)));
      if (holder) throw inUse(holder);
      // Others are opening at this moment and give way as well: a random wait lets one of us be alone.
      await sleep(5 + 2 * attempt * Math.random());
    }
    throw inUse();
  } catch (error) {
    throw error instanceof StorageError ? error : cannotLock(error);
  }
}

interface Socket {
  readonly name: string;
  readonly server: Server;
}

/** Puts a listening socket there, named after this process. Returns undefined when a holder swept it away too soon. */
async function showSocket(folder: string): Promise<Socket | undefined> {
  const key = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const server = createServer((peer) => peer.destroy());
  await withShortPath(folder, (short) => listen(server, join(short, `new-${key}`)));
  server.unref();
  try {
    await rename(join(folder, `new-${key}`), join(folder, `open-${key}`));
    return { name: `open-${key}`, server };
  } catch (error) {
    server.close();
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function hideSocket(folder: string, { name, server }: Socket): Promise<void> {
  await rm(markOf(folder, name), { force: true });
  await rm(join(folder, name), { force: true });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** The file beside a socket that says: this one was alone and holds the folder. */
function markOf(folder: string, name: string): string {
  return join(folder, `${name}.holds`);
}

/** The names of living sockets other than `mine`; removes the dead ones on the way. */
async function findLiving(folder: string, mine: string | undefined): Promise<string[]> {
  const living: string[] = [];
  for (const name of await readdir(folder)) {
    if (name === mine || !/^open-[0-9a-f-]+$/.test(name)) continue;
    if (await isLiving(folder, name)) living.push(name);
    else
      await Promise.all([rm(markOf(folder, name), { force: true }), rm(join(folder, name), { force: true })]);
  }
  return living;
}

async function isLiving(folder: string, name: string): Promise<boolean> {
  return withShortPath(folder, (short) => {
    return new Promise((resolve) => {
      const peer = connect(join(short, name));
      peer.once('connect', () => resolve(true));
      // Only these two say that nobody listens; anything else (no permission, a full backlog) is somebody.
      peer.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(error) ?? '')));
      peer.once('connect', () => peer.destroy());
    });
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ path }, () => resolve());
  });
}

/** Runs `work` with a path to `folder` that fits a socket address: the folder itself, or a link to it for the moment. */
async function withShortPath<T>(folder: string, work: (short: string) => Promise<T>): Promise<T> {
  if (Buffer.byteLength(folder) <= MAX_FOLDER_BYTES) return work(folder);
  const parent = Buffer.byteLength(tmpdir()) + 20 <= MAX_FOLDER_BYTES ? tmpdir() : '/tmp';
  const link = await mkdtemp(join(parent, 'idlock-'));
  try {
    await symlink(folder, join(link, 'l'));
    return await work(join(link, 'l'));
  } finally {
    await rm(link, { recursive: true, force: true });
  }
}

function inUse(name?: string): StorageError {
  const owner = name ? `process ${name.split('-')[1]}` : 'another process';
  return new StorageError(
    `The data folder is in use by ${owner}. Stop that idlock, or set IDLOCK_HOME to another folder.`,
  );
}

function cannotLock(cause: unknown): StorageError {
  if (codeOf(cause) === 'ENOSPC') {
    return new StorageError('No space is left on the disk of the data folder. Free some, then start again.', {
      cause,
      retryable: true,
    });
  }
  return new StorageError(
    'The data folder cannot be written to, or lies on a disk without lock support. Make it writable, or set IDLOCK_HOME to a folder on a local disk.',
    { cause },
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
