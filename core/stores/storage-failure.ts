import { IdlockError, InvalidRequestError, StorageError } from '../errors.ts';

/** Errors of the network, and of `pg.Pool` when it lost or could not get a session (it gives them no code). */
const UNREACHABLE =
  /^(ECONN|ENOTFOUND|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN)|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/;

const SPEECH = {
  unreachable: 'The database cannot be reached. Check that it runs and DATABASE_URL, then try again.',
  busy: 'The database is busy. Try again in a moment.',
  full: 'No space is left on the disk of the database. Free some, then try again.',
  readOnly: 'The database is read-only. Point DATABASE_URL at the primary server.',
  denied: 'The database refuses this login. Check DATABASE_URL and the rights of its role.',
  unprepared: 'The database has no tables of this version yet. Run `idlock migrate`.',
  other: 'The database could not do this. The log says why.',
} as const;

/**
 * Turns what the driver threw into an error that a door can show. Errors that are not the database's pass unchanged.
 * Codes: https://www.postgresql.org/docs/17/errcodes-appendix.html
 */
export function toStorageError(cause: unknown): unknown {
  if (cause instanceof IdlockError || !(cause instanceof Error)) return cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (UNREACHABLE.test(code) || UNREACHABLE.test(cause.message)) return failure('unreachable', cause, true);
  if (!/^[0-9A-Z]{5}$/.test(code)) return cause;
  if (code === '22021' || code === '22P05') {
    return new InvalidRequestError(
      'The text holds characters that cannot be kept. Remove them, then try again.',
      {
        cause,
      },
    );
  }
  if (/^(08|57P)/.test(code)) return failure('unreachable', cause, true);
  if (/^(40|53[23]|55P03|57014|25P03)/.test(code)) return failure('busy', cause, true);
  if (code === '53100') return failure('full', cause, true);
  if (code === '25006') return failure('readOnly', cause, false);
  if (/^28/.test(code)) return failure('denied', cause, false);
  if (code === '42P01' || code === '42704') return failure('unprepared', cause, false);
  return failure('other', cause, false);
}

function failure(kind: keyof typeof SPEECH, cause: Error, retryable: boolean): StorageError {
  return new StorageError(SPEECH[kind], { cause, retryable });
}
