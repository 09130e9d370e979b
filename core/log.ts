import { destination, type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { logLine } from './log-line.ts';
import { redact } from './redact.ts';

/** Writes one line: fields (`{err, sceneId, step, ms}`) first, then a message that is always the same words. */
type WriteLine = (fields: Readonly<Record<string, unknown>>, message: string) => void;

/** The log of one subsystem. Everything passes `redact()`: no token, signed address, picture or vector is written. */
export interface Log {
  readonly debug: WriteLine;
  readonly info: WriteLine;
  readonly warn: WriteLine;
  readonly error: WriteLine;
  /** The same log under the name of a part of the program, for example `queue`. */
  subsystem(name: string): Log;
}

/**
 * Opens the log of this process. It goes to stderr, so that stdout holds results only, and it is written at once, so
 * that the last words before a crash are there.
 *
 * write: takes one whole line, with its line feed; for tests.
 */
export function openLog(
  { level, format }: Config['log'],
  write: (line: string) => void = writeToStderr(),
): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: format === 'json' ? write : (line: string) => write(logLine(line)) },
  );
  return logOver(logger);
}

/** pino's own destination: it waits for a full pipe, and falls silent when nobody reads it any more. */
function writeToStderr(): (line: string) => void {
  const stderr = destination({ dest: 2, sync: true });
  return (line) => stderr.write(line);
}

function logOver(logger: Logger): Log {
  const writeAt =
    (level: 'debug' | 'info' | 'warn' | 'error'): WriteLine =>
    (fields, message) => {
      if (logger.isLevelEnabled(level)) logger[level](redact(fields), message);
    };
  return {
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    subsystem: (name) => logOver(logger.child({ subsystem: name })),
  };
}
