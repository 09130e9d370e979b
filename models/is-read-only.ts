import { stat } from 'node:fs/promises';

/** Whether a directory has no write bit at all: root could write there all the same, and must not. */
export async function isReadOnly(dir: string): Promise<boolean> {
  return stat(dir).then(
    ({ mode }) => (mode & 0o222) === 0,
    () => false,
  );
}
