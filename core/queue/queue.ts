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
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Aborted when the consumer closes or the job ran over its time limit. */
  readonly signal: AbortSignal;
}

export interface Consumer {
  /** Waits for running jobs up to `graceMs`, then aborts them and hands them back. */
  close(graceMs?: number): Promise<void>;
}

/** A work queue. Enqueueing the same `jobId` while that job is live is a no-op. */
export interface Queue {
  enqueue<Name extends QueueName>(name: Name, jobId: string, payload: QueuePayload<Name>): Promise<void>;
  /** Whether the job waits, is delayed or runs now. */
  isLive(name: QueueName, jobId: string): Promise<boolean>;
  /** Removes a waiting job; a running one is left to its signal. */
  remove(name: QueueName, jobId: string): Promise<void>;
  /** A handler that throws an error that is not retryable ends the job; others are retried with backoff. */
  consume<Name extends QueueName>(
    name: Name,
    handler: (payload: QueuePayload<Name>, job: JobContext) => Promise<void>,
    options: { readonly concurrency: number; readonly timeLimitMs: number },
  ): Promise<Consumer>;
  close(): Promise<void>;
}
