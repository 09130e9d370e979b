import { CommanderError } from 'commander';
import { readConfig } from '#core/config.ts';
import { IdlockError } from '#core/errors.ts';
import { openLog } from '#core/log.ts';
import type { Session } from './command-session.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { idlockCommand } from './idlock-command.ts';
import { openTerminal, type Terminal } from './terminal.ts';

/**
 * Runs one command line to its end and returns the exit code. Ctrl-C aborts what runs, closes what is open, and gives
 * 130; a second Ctrl-C ends the process at once (nothing is left half-written: files and rows are written atomically).
 */
export async function runCli(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const interrupted = new AbortController();
  const interrupt = () => {
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted);
    interrupted.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  // `idlock history Mira | head`: nobody reads on, so there is nothing left to do.
  process.stdout.on('error', () => interrupted.abort());
  const terminal = openTerminal({
    json: argv.includes('--json'),
    stdout: process.stdout,
    stderr: process.stderr,
    noColour: Boolean(env.NO_COLOR),
  });
  try {
    const openSession = (): Session => {
      const config = readConfig(env);
      return { config, log: openLog(config.log), terminal, signal: interrupted.signal };
    };
    await idlockCommand(openSession).parseAsync([...argv]);
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.ok;
  } catch (error) {
    terminal.settle();
    if (interrupted.signal.aborted) return EXIT.interrupted;
    return explain(error, terminal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  const code = exitCodeOf(error);
  // Commander has written its own words already.
  if (error instanceof CommanderError) return code;
  const message =
    error instanceof IdlockError
      ? error.userMessage
      : `Something broke inside idlock: ${error instanceof Error ? error.message : String(error)}`;
  terminal.warn(terminal.colour('red', message));
  if (terminal.json) {
    terminal.document({
      error: { kind: error instanceof IdlockError ? error.name : 'InternalError', message },
    });
  }
  return code;
}
