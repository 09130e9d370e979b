import { setTimeout as delay } from 'node:timers/promises';
import { JobStoppedError } from './job-stopped-error.ts';

/**
 * Runs a job's handler until it ends, or is stopped and does not end within `settleMs`; then it is left behind.
 *
 * A handler that still succeeds after the stop has succeeded; one that fails after it was stopped, not failed.
 * @throws {JobStoppedError} when it was stopped, else what the handler threw.
 */
export async function runJob(
  handler: (signal: AbortSignal) => Promise<void>,
  {
    stop,
    timeLimitMs,
    settleMs,
  }: { readonly stop: AbortController; readonly timeLimitMs: number; readonly settleMs: number },
): Promise<void> {
  const { signal } = stop;
  signal.throwIfAborted();
  const timer = setTimeout(
    () => stop.abort(new JobStoppedError('time-limit', `The job ran longer than ${timeLimitMs} ms`)),
    timeLimitMs,
  );
  const ended = new AbortController();
  try {
    await Promise.race([handler(signal), leaveBehind(signal, settleMs, ended.signal)]);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    ended.abort();
  }
}

async function leaveBehind(stop: AbortSignal, settleMs: number, ended: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (stop.aborted) resolve(); // by the handler itself, in its first synchronous part
    stop.addEventListener('abort', () => resolve(), { once: true, signal: ended });
  });
  await delay(settleMs, undefined, { signal: ended }).catch(() => undefined);
  throw stop.reason;
}
