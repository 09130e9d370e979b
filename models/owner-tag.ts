import { createHash, randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** A process on another host cannot be asked whether it lives; after this long without a write it is taken for dead. */
const ABANDONED_MS = 60 * 60 * 1000;
const thisHost = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

/** A name part for temporary files of this process: `<host>-<pid>-<random>`, so that others see whether it still lives. */
export function ownerTag(): string {
  return `${thisHost}-${process.pid}-${randomBytes(4).toString('hex')}`;
}

/** Whether the process that made this tag is gone. idleMs: how long ago its file was last written. */
export function isAbandoned(tag: string, idleMs: number): boolean {
  const match = /^([0-9a-f]{8})-([0-9]+)-[0-9a-f]{8}$/.exec(tag);
  if (!match) return false;
  if (match[1] !== thisHost || idleMs > ABANDONED_MS) return idleMs > ABANDONED_MS;
  try {
    process.kill(Number(match[2]), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
