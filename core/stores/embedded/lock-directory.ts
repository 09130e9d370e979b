import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
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
const ATTEMPTS = 50;

/**
 * Takes `dir` for this process alone, until `release()` or its death, however that comes.
 *
 * The lock is a listening unix socket in `<dir>.lock/`: the kernel closes it with the process, also on kill -9, so it
 * is never stolen from the living and never left behind by the dead. Each opener puts its own socket there, then looks
 * at the others. Whoever finds a living one takes its own back; of two openers the later one always sees the earlier,
 * so two can never both go on. A socket becomes visible (by rename) only when it already listens, and a dead one is
 * never used again, so removing it is safe.
 *
 * @throws {StorageError} naming the process that holds `dir`, or when the folder cannot hold a lock.
 */
export async function lockDirectory(dir: string): Promise<DirectoryLock> {
  const folder = `${dir}.lock`;
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(refuse);
  for (let attempt = 1; ; attempt++) {
    const mine = await showSocket(folder).catch(refuse);
    const owner = await findLiving(folder, mine?.name);
    if (mine && owner === undefined) return { release: () => hideSocket(folder, mine) };
    if (mine) await hideSocket(folder, mine);
    if (attempt === ATTEMPTS) throw inUse(owner);
    // Another opener may be doing the same now and give way too: a random wait lets one of us be alone.
    await sleep(attempt * 2 * Math.random() + 5);
    if (attempt > 5 && owner !== undefined && (await findLiving(folder, undefined)) === owner)
      throw inUse(owner);
  }
}

interface Socket {
  readonly name: string;
  readonly server: Server;
}

/** Returns undefined when a holder swept the socket away before it was visible. */
async function showSocket(folder: string): Promise<Socket | undefined> {
  const key = `${process.pid}-${randomBytes(6).toString('hex')}`;
  const server = createServer((peer) => peer.destroy());
  await withShortPath(folder, (short) => listen(server, join(short, `new-${key}`)));
  server.unref();
  try {
    await rename(join(folder, `new-${key}`), join(folder, `held-${key}`));
    return { name: `held-${key}`, server };
  } catch (error) {
    server.close();
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined; // errors of fs carry a code
    throw error;
  }
}

async function hideSocket(folder: string, { name, server }: Socket): Promise<void> {
  await rm(join(folder, name), { force: true });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** The process id of a living socket other than `mine`; removes the dead ones on the way. */
async function findLiving(folder: string, mine: string | undefined): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    if (name === mine || !name.startsWith('held-')) continue;
    if (await isLiving(folder, name)) return name.split('-')[1];
    await rm(join(folder, name), { force: true });
  }
  return undefined;
}

async function isLiving(folder: string, name: string): Promise<boolean> {
  return withShortPath(folder, (short) => {
    return new Promise((resolve) => {
      const peer = connect(join(short, name));
      peer.once('connect', () => resolve(true));
      // Only these two say that nobody listens; anything else (no permission, a full backlog) is somebody.
      peer.once('error', ({ code }: NodeJS.ErrnoException) =>
        resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT'),
      );
      peer.once('close', () => peer.destroy());
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

function inUse(owner: string | undefined): StorageError {
  return new StorageError(
    `The data folder is in use by process ${owner ?? '(unknown)'}. Stop that idlock, or set IDLOCK_HOME to another folder.`,
  );
}

function refuse(cause: NodeJS.ErrnoException): never {
  if (cause.code === 'ENOSPC') {
    throw new StorageError('No space is left on the disk of the data folder. Free some, then start again.', {
      cause,
      retryable: true,
    });
  }
  throw new StorageError(
    'The data folder cannot be written to, or lies on a disk without lock support. Make it writable, or set IDLOCK_HOME to a folder on a local disk.',
    { cause },
  );
}
