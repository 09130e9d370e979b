import { z } from 'zod';
import type { CharacterId, SceneId, TenantId } from '../domain/ids.ts';

const id = <T extends string>() => z.string().min(1).max(80) as unknown as z.ZodType<T>;

/** What travels on each queue: ids only, so a job is a reminder that a row wants work. Postgres is the truth. */
export const queuePayloads = {
  identity: z.object({ tenantId: id<TenantId>(), characterId: id<CharacterId>() }),
  scenes: z.object({ tenantId: id<TenantId>(), sceneId: id<SceneId>() }),
} as const;

export type QueueName = keyof typeof queuePayloads;
export type QueuePayload<Name extends QueueName> = z.infer<(typeof queuePayloads)[Name]>;

export interface JobContext {
  /** 1 for the first attempt. A job that was handed back or whose process died runs again under the same number. */
  readonly attempt: number;
  /** Whether a retryable error ends the job this time too. */
  readonly lastAttempt: boolean;
  /** Aborted when the consumer closes, the job ran over its time limit, or another consumer has taken it over. */
  readonly signal: AbortSignal;
}

export type JobHandler<Name extends QueueName> = (
  payload: QueuePayload<Name>,
  job: JobContext,
) => Promise<void>;

export interface ConsumerOptions {
  /** Jobs that run at a time in this consumer. */
  readonly concurrency: number;
  readonly timeLimitMs: number;
}

export interface Consumer {
  /** Takes no more jobs, waits for the running ones up to `graceMs`, then aborts them and hands them back. */
  close(graceMs?: number): Promise<void>;
}

/**
 * A work queue. Every job runs at least once, so a handler must be able to run again; a finished job leaves no trace.
 *
 * Waiting for the queue is bounded: all methods throw a retryable `StorageError` when it does not answer.
 */
export interface Queue {
  /** Adds a job at the end; a no-op while a job of that id is live. `jobId`: letters, digits, `_` and `-`. */
  enqueue<Name extends QueueName>(name: Name, jobId: string, payload: QueuePayload<Name>): Promise<void>;
  /** Whether the job waits, is delayed or runs now. */
  isLive(name: QueueName, jobId: string): Promise<boolean>;
  /** Removes a waiting or delayed job; a running one is left to its signal. */
  remove(name: QueueName, jobId: string): Promise<void>;
  /**
   * Runs `handler` for each job, in the order of their enqueueing. When it throws an `IdlockError` that is not
   * retryable the job ends; after any other error it is retried with backoff until its attempts are used up.
   */
  consume<Name extends QueueName>(
    name: Name,
    handler: JobHandler<Name>,
    options: ConsumerOptions,
  ): Promise<Consumer>;
  /** Closes the consumers, each as with `Consumer.close()`, and the connection. */
  close(): Promise<void>;
}
