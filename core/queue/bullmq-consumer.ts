import { type Job, UnrecoverableError, WaitingError } from 'bullmq';
import { IdlockError } from '../errors.ts';
import type { Log } from '../log.ts';
import { JobStoppedError } from './job-stopped-error.ts';
import {
  type Consumer,
  type ConsumerOptions,
  type JobHandler,
  type QueueName,
  type QueuePayload,
  queuePayloads,
} from './queue.ts';
import type { QueueServer } from './queue-server.ts';
import { MAX_STALLS, type QueueTiming } from './queue-timing.ts';
import { runJob } from './run-job.ts';
import { within } from './within.ts';

interface ConsumerNeeds {
  readonly server: QueueServer;
  readonly timing: QueueTiming;
  readonly log: Log | undefined;
}

/** How soon a consumer tries again after its connection failed; BullMQ's default is 15 s. */
const RECONNECT_MS = 1_000;

/** Starts a BullMQ worker that runs `handler` under the queue port's rules. */
export function openConsumer<Name extends QueueName>(
  name: Name,
  handler: JobHandler<Name>,
  options: ConsumerOptions,
  { server, timing, log }: ConsumerNeeds,
): Consumer & { ready(): Promise<void> } {
  const running = new Map<string, AbortController>();
  let graceIsOver = false;

  function stop(jobId: string, kind: JobStoppedError['kind'], message: string): void {
    running.get(jobId)?.abort(new JobStoppedError(kind, message));
  }

  async function work(job: Job, token = ''): Promise<void> {
    const jobId = String(job.id);
    const payload = readPayload(name, job.data);
    // BullMQ gave the job out again, so the lock of the earlier run in this very process is lost.
    stop(jobId, 'taken-over', 'The job was given out again');
    const controller = new AbortController();
    running.set(jobId, controller);
    // It was on its way here when the consumer began to close.
    if (graceIsOver) stop(jobId, 'closing', 'The consumer closes');
    const attempt = job.attemptsMade + 1;
    const lastAttempt = attempt >= (job.opts.attempts ?? 1);
    try {
      await runJob((signal) => handler(payload, { attempt, lastAttempt, signal }), {
        stop: controller,
        timeLimitMs: options.timeLimitMs,
        settleMs: timing.settleMs,
      });
    } catch (error) {
      log?.warn({ err: error, queue: name, jobId, attempt }, 'A job did not succeed');
      throw await verdict(error, job, token);
    } finally {
      if (running.get(jobId) === controller) running.delete(jobId);
    }
  }

  const { worker, abandon } = server.openWorker(name, work, {
    concurrency: options.concurrency,
    lockDuration: timing.lockMs,
    stalledInterval: timing.stalledCheckMs,
    maxStalledCount: MAX_STALLS,
    runRetryDelay: RECONNECT_MS,
  });
  worker.on('error', (err) => log?.warn({ err, queue: name }, 'A consumer of the queue had an error'));
  worker.on('stalled', (jobId) => log?.warn({ queue: name, jobId }, 'The process of a job died'));
  worker.on('lockRenewalFailed', (jobIds: string[]) => {
    for (const jobId of jobIds) stop(jobId, 'taken-over', 'The lock of the job was lost');
  });

  async function close(graceMs: number): Promise<void> {
    const drained = worker.close(); // stops taking jobs at once; the locks of running ones are still renewed
    const timer = setTimeout(() => {
      graceIsOver = true;
      for (const jobId of running.keys()) stop(jobId, 'closing', 'The consumer closes');
    }, graceMs);
    try {
      await within(graceMs + timing.settleMs + timing.answerMs, drained);
    } catch (err) {
      // What ran here is found by the check for stalled jobs.
      log?.warn({ err, queue: name }, 'A consumer could not close in order');
    } finally {
      clearTimeout(timer);
      abandon();
    }
  }

  let closing: Promise<void> | undefined;
  return {
    ready: () => worker.waitUntilReady(),
    close(graceMs = timing.graceMs) {
      closing ??= close(graceMs);
      return closing;
    },
  };
}

/** @throws {UnrecoverableError} when it is not a payload of this queue: it will never be one. */
function readPayload<Name extends QueueName>(name: Name, data: unknown): QueuePayload<Name> {
  const read = queuePayloads[name].safeParse(data);
  if (!read.success)
    throw new UnrecoverableError(`Not a payload of the queue "${name}": ${read.error.message}`);
  return read.data as QueuePayload<Name>; // the schema at `name` gives just this
}

/** Translates why a handler did not succeed into what BullMQ is to do with the job. */
async function verdict(error: unknown, job: Job, token: string): Promise<unknown> {
  if (error instanceof JobStoppedError && error.kind === 'closing') {
    // When this fails too, the lock runs out and the check for stalled jobs finds the job.
    await job.moveToWait(token).catch(() => undefined);
    return new WaitingError();
  }
  if (error instanceof JobStoppedError && error.kind === 'taken-over') return new WaitingError();
  if (error instanceof IdlockError && !error.retryable) return new UnrecoverableError(error.message);
  return error;
}
