import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JobStoppedError } from '#core/queue/job-stopped-error.ts';
import { runJob } from '#core/queue/run-job.ts';

const hour = 3_600_000;
const never = () => new Promise<void>(() => undefined);

test('runJob() ends as its handler does', async () => {
  const stop = new AbortController();
  await runJob(async () => undefined, { stop, timeLimitMs: hour, settleMs: hour });
  const fault = new Error('a fault');
  await assert.rejects(
    runJob(() => Promise.reject(fault), { stop, timeLimitMs: hour, settleMs: hour }),
    (error) => error === fault,
  );
  assert.equal(stop.signal.aborted, false);
});

test('runJob() gives the reason of a stop, not what the handler made of it', async () => {
  const stop = new AbortController();
  const reason = new JobStoppedError('closing', 'The consumer closes');
  const running = runJob(
    async (signal) => {
      stop.abort(reason);
      if (signal.aborted) throw new Error('interrupted');
    },
    { stop, timeLimitMs: hour, settleMs: hour },
  );
  await assert.rejects(running, (error) => error === reason);
});

test('runJob() keeps a success that comes after the stop', async () => {
  const stop = new AbortController();
  await runJob(async () => stop.abort(new JobStoppedError('closing', 'The consumer closes')), {
    stop,
    timeLimitMs: hour,
    settleMs: hour,
  });
});

test('runJob() stops a handler at its time limit and leaves it behind when it goes on', async () => {
  const stop = new AbortController();
  await assert.rejects(
    runJob(never, { stop, timeLimitMs: 5, settleMs: 5 }),
    (error) => error instanceof JobStoppedError && error.kind === 'time-limit',
  );
  assert.equal(stop.signal.aborted, true);
});

test('runJob() does not start what was stopped before', async () => {
  let started = false;
  const stop = new AbortController();
  const reason = new JobStoppedError('closing', 'The consumer closes');
  const handler = async () => {
    started = true;
  };
  stop.abort(reason);
  await assert.rejects(
    runJob(handler, { stop, timeLimitMs: hour, settleMs: hour }),
    (error) => error === reason,
  );
  assert.equal(started, false);
});
