import { ModelPackError } from '#core/errors.ts';

const DIR = 'the models directory (IDLOCK_MODELS_DIR)';
const ADVICE: Record<string, string> = {
  ENOSPC: `The disk of ${DIR} is full. Free some space, or point IDLOCK_MODELS_DIR elsewhere.`,
  EDQUOT: `The disk quota of ${DIR} is used up. Free some space, or point IDLOCK_MODELS_DIR elsewhere.`,
  EFBIG: `A model file is larger than ${DIR} allows. Raise the limit, or point IDLOCK_MODELS_DIR elsewhere.`,
  EROFS: `Cannot write to ${DIR}: it is read-only. Put the files there by hand, or point IDLOCK_MODELS_DIR elsewhere.`,
  EACCES: `Cannot write to ${DIR}: permission denied. Give this user the right, or point IDLOCK_MODELS_DIR elsewhere.`,
  EPERM: `Cannot write to ${DIR}: not permitted. Give this user the right, or point IDLOCK_MODELS_DIR elsewhere.`,
  ENOTDIR:
    'Cannot use the models directory: a file lies on its path. Point IDLOCK_MODELS_DIR to a directory.',
  EEXIST: 'Cannot use the models directory: a file lies on its path. Point IDLOCK_MODELS_DIR to a directory.',
  EIO: `The disk of ${DIR} reports errors. Check it, or point IDLOCK_MODELS_DIR elsewhere.`,
};

/** The error to throw for a failed file operation in the models directory, or undefined when it was no such failure. */
export function diskError(cause: unknown): ModelPackError | undefined {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const advice = ADVICE[code];
  return advice ? new ModelPackError(advice, { cause }) : undefined;
}
