import type { Processor, Queue, Worker, WorkerOptions } from 'bullmq';

/** The part of BullMQ's `Queue` that IDLock uses; the same on every backend. */
export interface JobQueue extends Pick<Queue, 'add' | 'getJobState' | 'remove' | 'waitUntilReady' | 'close'> {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** The part of BullMQ's `Worker` that IDLock uses; the same on every backend. */
export interface JobWorker extends Pick<Worker, 'waitUntilReady' | 'close'> {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'stalled', listener: (jobId: string) => void): unknown;
  on(event: 'lockRenewalFailed', listener: (jobIds: string[]) => void): unknown;
}

export interface OpenWorker {
  readonly worker: JobWorker;
  /** Drops its connections whatever they wait for, so that a `close()` that hangs comes to its end. */
  abandon(): void;
}

/** Where jobs are kept: the differences between BullMQ on Redis and on Postgres, and nothing else. */
export interface QueueServer {
  /** Says what to do when it does not answer; safe in a chat. */
  readonly silence: string;
  /** Resolves when commands would be answered; stops waiting when `signal` aborts. */
  ready(signal: AbortSignal): Promise<void>;
  openQueue(name: string): JobQueue;
  openWorker(name: string, process: Processor, options: Omit<WorkerOptions, 'connection'>): OpenWorker;
  close(): Promise<void>;
}
