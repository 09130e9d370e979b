import { StorageError } from '../errors.ts';
import type { QueueName, QueuePayload } from '../queue/queue.ts';
import type { Doorway } from './use-case.ts';

/**
 * Queues the job of a row that is written. When the queue is away the request stands all the same: the reconciler of any
 * worker queues it as soon as the queue is back.
 */
export async function enqueueRow<Name extends QueueName>(
  name: Name,
  jobId: string,
  payload: QueuePayload<Name>,
  { queue, log }: Pick<Doorway, 'queue' | 'log'>,
): Promise<void> {
  try {
    await queue.enqueue(name, jobId, payload);
  } catch (err) {
    if (!(err instanceof StorageError) || !err.retryable) throw err;
    log.warn({ err, queue: name, jobId }, 'the queue is away, the reconciler will queue it');
  }
}
