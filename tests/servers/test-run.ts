import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folderPrefix = `idlock-test-run-${process.getuid?.()}-`;
let own: Promise<string> | undefined;

/** The servers that a test run may start: a script each, `<script> up|down DIR`. */
export const serverScripts = {
  postgres: join(import.meta.dirname, 'postgres.sh'),
  redis: join(import.meta.dirname, 'redis.sh'),
} as const;

/**
 * Finds the folder that holds this run's servers: the one that global setup made for all test files, else one for
 * this process alone, whose servers stop when it exits (`node --test one.test.ts`).
 */
export async function testRunFolder(): Promise<string> {
  if (process.env.IDLOCK_TEST_RUN) return process.env.IDLOCK_TEST_RUN;
  own ??= createTestRun().then((folder) => {
    process.once('exit', () => endTestRun(folder));
    return folder;
  });
  return own;
}

/** Makes the folder of a new run, named after this process, and stops what runs that were killed left behind. */
export async function createTestRun(): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix) || isAlive(Number(name.slice(folderPrefix.length)))) continue;
    endTestRun(join(tmpdir(), name));
  }
  const folder = join(tmpdir(), `${folderPrefix}${process.pid}`);
  await mkdir(folder, { recursive: true });
  // Root's Postgres runs as another user, which has to pass through.
  await chmod(folder, 0o711);
  return folder;
}

/** Stops the servers of a run and removes its folder; blocks, so that it works while the process exits. */
export function endTestRun(folder: string): void {
  for (const [name, script] of Object.entries(serverScripts)) {
    const dir = join(folder, name);
    if (existsSync(dir)) execFileSync(script, ['down', dir], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  rmSync(folder, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
