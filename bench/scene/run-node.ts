import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.join(import.meta.dirname, '../..');

/** How the command `idlock` starts Node: the variables and flags of the first line of cli.ts. */
function launch(): { env: Record<string, string>; flags: string[] } {
  const [line = ''] = readFileSync(path.join(PROJECT, 'cli.ts'), 'utf8').split('\n', 1);
  const words = line.split(' ').slice(2);
  const node = words.indexOf('node');
  const env = words.slice(0, node).map((word) => word.split('=', 2) as [string, string]);
  return { env: Object.fromEntries(env), flags: words.slice(node + 1) };
}

/**
 * Runs a file of the project in a process of its own, as the command `idlock` would, with `home` as IDLOCK_HOME and
 * nothing else of IDLock set.
 *
 * Returns its stdout and when it was started, in ms of the clock.
 * @throws {Error} with its stderr when it fails.
 */
export function runNode(
  args: readonly string[],
  home: string,
): Promise<{ readonly stdout: string; readonly startedAt: number }> {
  const { PATH, HOME } = process.env;
  const { env, flags } = launch();
  const { promise, resolve, reject } = Promise.withResolvers<{ stdout: string; startedAt: number }>();
  const startedAt = Date.now();
  const options = {
    cwd: PROJECT,
    env: { PATH, HOME, IDLOCK_HOME: home, ...env },
    maxBuffer: 64e6,
    timeout: 600_000,
  };
  execFile(process.execPath, [...flags, ...args], options, (error, stdout, stderr) =>
    error
      ? reject(new Error(`${args.join(' ')} failed: ${stderr}`, { cause: error }))
      : resolve({ stdout, startedAt }),
  );
  return promise;
}
