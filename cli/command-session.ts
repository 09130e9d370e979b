import type { Config } from '#core/config.ts';
import type { Log } from '#core/log.ts';
import type { Terminal } from './terminal.ts';

/** What every command gets. */
export interface Session {
  readonly config: Config;
  readonly log: Log;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Reads the environment and opens the log: only when a command runs, so that help needs neither. */
export type OpenSession = () => Session;
