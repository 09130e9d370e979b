import type { PgPool } from 'bullmq';
import { ConfigError, IdlockError, StorageError } from '../errors.ts';
import type { Log } from '../log.ts';
import { openConsumer } from './bullmq-consumer.ts';
import { postgresServer } from './postgres-server.ts';
import type { Consumer, Queue, QueueName } from './queue.ts';
import type { JobQueue, QueueServer } from './queue-server.ts';
import { ATTEMPTS, defaultTiming, type QueueTiming } from './queue-timing.ts';
import { redisServer } from './redis-server.ts';
import { within } from './within.ts';

export interface QueueSettings {
  /** Jobs are kept in Redis >= 7 when set, else in the database behind `pool`. */
  readonly redisUrl?: string | undefined;
  readonly pool?: PgPool | undefined;
  /** Whether this process alone has the database open, as with the embedded one: a restart then resumes at once. */
  readonly exclusive?: boolean;
  /** Begins all keys in Redis. */
  readonly prefix?: string;
  readonly timing?: Partial<QueueTiming>;
  readonly log?: Log;
}

/** BullMQ's tables take 0.2 s to make; the rest is for waiting while another process makes them. */
const MIGRATION_LIMIT_MS = 60_000;

/**
 * Opens the work queue: BullMQ over Redis, or over its own tables in a Postgres database.
 *
 * @throws {StorageError} retryable, when the server does not answer.
 * @throws {ConfigError} when neither `redisUrl` nor `pool` is given.
 */
export async function openQueue(settings: QueueSettings): Promise<Queue> {
  const timing = { ...defaultTiming, ...settings.timing };
  const server = await openServer(settings, timing);
  try {
    await answered(server, timing, async () => undefined);
  } catch (error) {
    await server.close();
    throw error;
  }
  return queueOver(server, timing, settings.log);
}

async function openServer(
  { redisUrl, pool, exclusive = false, prefix = 'idlock', log }: QueueSettings,
  timing: QueueTiming,
): Promise<QueueServer> {
  if (redisUrl !== undefined) {
    return redisServer({ url: redisUrl, prefix, answerMs: timing.answerMs }, (err) =>
      log?.warn({ err }, 'The connection to the queue had an error'),
    );
  }
  if (pool === undefined) throw new ConfigError('A queue needs REDIS_URL or a database');
  try {
    return await within(MIGRATION_LIMIT_MS, postgresServer({ pool, exclusive }));
  } catch (cause) {
    if (cause instanceof IdlockError) throw cause;
    throw new StorageError(
      'The queue in the database cannot be opened. Check the database, then start again.',
      {
        cause,
        retryable: true,
      },
    );
  }
}

function queueOver(server: QueueServer, timing: QueueTiming, log: Log | undefined): Queue {
  const queues = new Map<QueueName, JobQueue>();
  const consumers = new Set<Consumer>();

  function ask<T>(name: QueueName, question: (queue: JobQueue) => Promise<T>): Promise<T> {
    return answered(server, timing, () => question(openOnce(name)));
  }

  function openOnce(name: QueueName): JobQueue {
    const known = queues.get(name);
    if (known) return known;
    const queue = server.openQueue(name);
    queue.on('error', (err) => log?.warn({ err, queue: name }, 'The queue had an error'));
    queues.set(name, queue);
    // BullMQ remembers a failed start for good.
    queue.waitUntilReady().catch(() => queues.delete(name));
    return queue;
  }

  return {
    async enqueue(name, jobId, payload) {
      checkJobId(jobId);
      await ask(name, (queue) => queue.add(name, payload, { ...jobOptions(timing), jobId }));
    },
    async isLive(name, jobId) {
      const state = await ask(name, (queue) => queue.getJobState(jobId));
      return !['completed', 'failed', 'unknown'].includes(state);
    },
    async remove(name, jobId) {
      await ask(name, (queue) => queue.remove(jobId));
    },
    async consume(name, handler, options) {
      const consumer = openConsumer(name, handler, options, { server, timing, log });
      consumers.add(consumer);
      const close = async (graceMs?: number) => {
        await consumer.close(graceMs);
        consumers.delete(consumer);
      };
      try {
        await answered(server, timing, () => consumer.ready());
      } catch (error) {
        await close(0);
        throw error;
      }
      return { close };
    },
    async close() {
      await Promise.all([...consumers].map((consumer) => consumer.close()));
      await Promise.all([...queues.values()].map((queue) => within(timing.answerMs, queue.close()))).catch(
        (err) => log?.warn({ err }, 'The queue could not close in order'),
      );
      await server.close();
    },
  };
}

/** Finished jobs are removed at once: the result lies in Postgres, and the same id may be enqueued again. */
function jobOptions({ retryDelayMs }: QueueTiming) {
  return {
    attempts: ATTEMPTS,
    backoff: { type: 'exponential', delay: retryDelayMs, jitter: 0.5 },
    removeOnComplete: true,
    removeOnFail: true,
  };
}

/** BullMQ keeps `:` and whole numbers for itself. */
function checkJobId(jobId: string): void {
  if (/^[\w-]{1,200}$/.test(jobId) && !/^\d+$/.test(jobId)) return;
  throw new RangeError(`Cannot enqueue a job as "${jobId}": its id must be letters, digits, "_" and "-"`);
}

/** @throws {StorageError} retryable, when the server is silent or fails. */
async function answered<T>(
  server: QueueServer,
  { answerMs }: QueueTiming,
  ask: () => Promise<T>,
): Promise<T> {
  const waiting = new AbortController();
  try {
    // Nothing is sent before the connection stands: what was sent into a dead one would be done much later.
    await within(answerMs, server.ready(waiting.signal));
    return await within(answerMs, ask());
  } catch (cause) {
    throw new StorageError(server.silence, { cause, retryable: true });
  } finally {
    waiting.abort();
  }
}
