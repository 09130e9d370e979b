import { StorageError } from '../../errors.ts';
import type { SessionFailure } from './session-message.ts';

const DISK_FULL = /^(ENOSPC|EDQUOT|53100)$/;
const NOT_WRITABLE = /^(EACCES|EPERM|EROFS)$/;

/** Makes the error of a failed statement: as the driver throws it, with the SQLSTATE in `code`. */
export function toError(failure: SessionFailure): Error & SessionFailure {
  return Object.assign(new Error(failure.message), failure);
}

/** Says why the database did not open, and what to do. */
export function cannotOpen(cause: Error & { readonly code?: string | undefined }): StorageError {
  const code = cause.code ?? '';
  if (DISK_FULL.test(code)) {
    return new StorageError('No space is left on the disk of the data folder. Free some, then start again.', {
      cause,
      retryable: true,
    });
  }
  if (NOT_WRITABLE.test(code)) {
    return new StorageError(
      'The data folder cannot be written to. Make it writable, or set IDLOCK_HOME to another folder.',
      { cause },
    );
  }
  return new StorageError(
    'The embedded database cannot be opened: its files are damaged. Restore a backup, or move the data folder away to start anew.',
    { cause },
  );
}

/** Says that the open database is gone; retryable, because a queued job is worth another try after the restart. */
export function hasStopped(cause: Error & { readonly code?: string | undefined }): StorageError {
  const why = DISK_FULL.test(cause.code ?? '')
    ? ' because its disk is full. Free some space, then start'
    : '. Start';
  return new StorageError(
    `The embedded database has stopped${why} idlock again; all that was confirmed is kept.`,
    { cause, retryable: true },
  );
}
