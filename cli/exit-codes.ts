import { CommanderError } from 'commander';
import { BadPhotoError, ConfigError, IdlockError, InvalidRequestError, NotFoundError } from '#core/errors.ts';

/** What a shell script can tell apart; `idlock --help` lists them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, notFound: 3, tryAgain: 75, interrupted: 130 } as const;

/** The exit code of an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof NotFoundError) return EXIT.notFound;
  if (error instanceof InvalidRequestError || error instanceof BadPhotoError || error instanceof ConfigError)
    return EXIT.usage;
  if (error instanceof IdlockError && error.retryable) return EXIT.tryAgain;
  return EXIT.failed;
}
