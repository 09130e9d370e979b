import { StorageError } from '../errors.ts';

/** Codes of errno(3) that a person can do something about, and that waiting alone does not heal. */
const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full: free some space and try again',
  EDQUOT: 'The disk quota is used up: free some space and try again',
  EACCES: 'IDLock may not use its image folder: give this user the right to read and write it',
  EPERM: 'IDLock may not use its image folder: give this user the right to read and write it',
  EROFS: 'The image folder is read-only: move IDLOCK_HOME to a disk that can be written',
  ENOTDIR: 'A file lies where the image folder belongs: move it away, or set IDLOCK_HOME to another place',
};
const FULL = ['ENOSPC', 'EDQUOT'];

/** Turns an error of the file system into words that say what to do; paths stay in its cause. */
export function fileFailure(cause: unknown): StorageError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = WORDS[code];
  // A full disk is worth another try: something else may free it while the job waits.
  if (words) return new StorageError(words, { cause, retryable: FULL.includes(code) });
  return new StorageError('The image folder could not be read or written; try again', {
    cause,
    retryable: true,
  });
}
