import { execFile } from 'node:child_process';
import path from 'node:path';

const PROJECT = path.join(import.meta.dirname, '../..');

/**
 * Runs a file of the project in a process of its own, with `home` as IDLOCK_HOME and nothing else of IDLock set.
 *
 * Returns its stdout and when it was started, in ms of the clock.
 * @throws {Error} with its stderr when it fails.
 */
export function runNode(
  args: readonly string[],
  home: string,
): Promise<{ readonly stdout: string; readonly startedAt: number }> {
  const { PATH, HOME } = process.env;
  const { promise, resolve, reject } = Promise.withResolvers<{ stdout: string; startedAt: number }>();
  const startedAt = Date.now();
  const options = { cwd: PROJECT, env: { PATH, HOME, IDLOCK_HOME: home }, maxBuffer: 64e6, timeout: 600_000 };
  execFile(process.execPath, [...args], options, (error, stdout, stderr) =>
    error
      ? reject(new Error(`${args.join(' ')} failed: ${stderr}`, { cause: error }))
      : resolve({ stdout, startedAt }),
  );
  return promise;
}
