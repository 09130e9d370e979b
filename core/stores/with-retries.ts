import { setTimeout as sleep } from 'node:timers/promises';
import { toStorageError } from './storage-failure.ts';

const ATTEMPTS = 4;

/**
 * Runs a whole transaction again when Postgres undid it for the sake of another one (serialisation failure 40001,
 * deadlock 40P01): both pass when they are tried one after the other.
 */
export async function withRetries<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (attempt === ATTEMPTS || (code !== '40001' && code !== '40P01')) throw toStorageError(error);
      await sleep(attempt * 20 * (1 + Math.random()));
    }
  }
}
