import { IdlockError } from '../errors.ts';
import { JobStoppedError } from '../queue/job-stopped-error.ts';
import type { JobContext } from '../queue/queue.ts';

/**
 * Says in words for the person why a job has failed for good; throws the error on when it has not: while attempts are
 * left for a passing failure, and when the worker only shuts down (the job then goes to the next worker as it is).
 */
export function failureOf(error: unknown, { lastAttempt, signal }: JobContext): string {
  const stopped: unknown = signal.aborted ? signal.reason : undefined;
  const isTooLong = stopped instanceof JobStoppedError && stopped.kind === 'time-limit';
  if (signal.aborted && !isTooLong) throw error;
  const isPassing = isTooLong || !(error instanceof IdlockError) || error.retryable;
  if (isPassing && !lastAttempt) throw error;
  if (isTooLong) return 'It took too long: try again later';
  return error instanceof IdlockError
    ? error.userMessage
    : 'Something broke on our side: try again, and report it if it happens twice';
}
