import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Queue } from '#core/queue/queue.ts';
import type { QueueTiming } from '#core/queue/queue-timing.ts';
import { scene } from './queue.ts';
import { openPlace, type QueueFixture, type QueuePlace, testTiming } from './queue-fixture.ts';
import { waitUntil } from './wait-until.ts';

const options = { concurrency: 1, timeLimitMs: 60_000 };
const never = new Promise<void>(() => undefined);

/** Resolves when the signal aborts, with its reason. */
function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));
}

/** What every queue does when consumers end, hang or die, on `start`'s kind of server. */
export function testQueueLifecycle(name: string, start: () => Promise<QueueFixture>): void {
  describe(name, { timeout: 120_000 }, () => {
    let fixture: QueueFixture;
    let queue: Queue;
    let count = 0;
    let id = '';
    before(async () => {
      fixture = await start();
      queue = await fixture.open();
    });
    beforeEach(() => {
      id = `job_${++count}`;
    });
    after(() => fixture[Symbol.asyncDispose]());

    const isGone = async () => !(await queue.isLive('scenes', id));

    /** Enqueues a job, starts a consumer with `work` and waits until it works. */
    async function runningJob(work: (signal: AbortSignal) => Promise<unknown>) {
      const started = Promise.withResolvers<void>();
      await queue.enqueue('scenes', id, scene(id));
      const consumer = await queue.consume(
        'scenes',
        async (_, { signal }) => {
          started.resolve();
          await work(signal);
        },
        options,
      );
      await started.promise;
      return consumer;
    }

    /** Runs what is in the queue until the job `id` is gone; gives the ids and attempts that ran. */
    async function drain(): Promise<[string, number][]> {
      const seen: [string, number][] = [];
      const other = await fixture.open();
      const consumer = await other.consume(
        'scenes',
        async ({ sceneId }, { attempt }) => void seen.push([sceneId, attempt]),
        options,
      );
      await waitUntil(isGone);
      await consumer.close();
      return seen;
    }

    test('Consumer.close() lets running jobs end and takes no more', async () => {
      const mayEnd = Promise.withResolvers<void>();
      let ended = 0;
      const consumer = await runningJob(async () => {
        await mayEnd.promise;
        ended++;
      });
      await queue.enqueue('scenes', `${id}_next`, scene('next'));
      const closed = consumer.close(60_000);
      mayEnd.resolve();
      await closed;
      assert.equal(ended, 1);
      assert.equal(await isGone(), true);
      assert.equal(await queue.isLive('scenes', `${id}_next`), true);
      await queue.remove('scenes', `${id}_next`);
    });

    test('Consumer.close() aborts what does not end in time and hands it back', async () => {
      let reason: unknown;
      const consumer = await runningJob(async (signal) => {
        reason = await aborted(signal);
        throw reason;
      });
      await consumer.close(0);
      assert.match(String(reason), /closes/);
      assert.equal(await queue.isLive('scenes', id), true);
      assert.deepEqual(await drain(), [[id, 1]]);
    });

    test('Consumer.close() hands back a job whose handler ignores its signal', async () => {
      const consumer = await runningJob(() => never);
      await consumer.close(0);
      assert.deepEqual(await drain(), [[id, 1]]);
    });

    test('Consumer.close() keeps the result of a job that ends well after the abort', async () => {
      const consumer = await runningJob(aborted);
      await consumer.close(0);
      assert.equal(await isGone(), true);
    });

    test('Queue.close() closes its consumers', async () => {
      const own = await fixture.open({ graceMs: 0 });
      const started = Promise.withResolvers<AbortSignal>();
      await own.enqueue('scenes', id, scene(id));
      await own.consume(
        'scenes',
        async (_, { signal }) => {
          started.resolve(signal);
          await never;
        },
        options,
      );
      const signal = await started.promise;
      await own.close();
      assert.equal(signal.aborted, true);
      assert.deepEqual(await drain(), [[id, 1]]);
    });

    test('consume() aborts a job at its time limit, which uses up an attempt', async () => {
      const seen: [number, string][] = [];
      const consumer = await queue.consume(
        'scenes',
        async (_, { attempt, signal }) => {
          seen.push([attempt, String(await aborted(signal))]);
          throw signal.reason;
        },
        { concurrency: 1, timeLimitMs: 50 },
      );
      await queue.enqueue('scenes', id, scene(id));
      await waitUntil(isGone);
      await consumer.close();
      const late = 'JobStoppedError: The job ran longer than 50 ms';
      assert.deepEqual(seen, [
        [1, late],
        [2, late],
        [3, late],
      ]);
    });

    test('consume() ends an attempt that ignores its time limit', async () => {
      const attempts: number[] = [];
      const consumer = await queue.consume(
        'scenes',
        (_, { attempt }) => {
          attempts.push(attempt);
          return never;
        },
        { concurrency: 1, timeLimitMs: 50 },
      );
      await queue.enqueue('scenes', id, scene(id));
      await waitUntil(isGone);
      await consumer.close();
      assert.deepEqual(attempts, [1, 2, 3]);
    });

    test('consume() aborts a job whose lock was lost, and runs it again', async () => {
      const reasons: string[] = [];
      let runs = 0;
      const consumer = await runningJob(async (signal) => {
        if (++runs > 1) return;
        await fixture.stealLock(id);
        reasons.push(String(await aborted(signal)));
      });
      await waitUntil(isGone);
      await consumer.close();
      assert.deepEqual(reasons, ['JobStoppedError: The lock of the job was lost']);
      assert.equal(runs, 2);
    });
  });
}

/** A process is killed in the middle of a job: another one runs the job again, and once. */
export async function assertKilledJobRunsAgain(
  place: QueuePlace,
  timing: Partial<QueueTiming> = testTiming,
): Promise<void> {
  const id = 'killed_job';
  const child = fork(join(import.meta.dirname, 'queue-in-child.ts'), [
    JSON.stringify(place),
    JSON.stringify(timing),
    id,
  ]);
  assert.deepEqual(await once(child, 'message'), ['started', undefined]);
  child.kill('SIGKILL');
  await once(child, 'exit');

  await using opened = await openPlace(place, timing);
  assert.equal(await opened.queue.isLive('scenes', id), true);
  const runs: [string, number][] = [];
  const consumer = await opened.queue.consume(
    'scenes',
    async ({ sceneId }, { attempt }) => void runs.push([sceneId, attempt]),
    options,
  );
  await waitUntil(async () => !(await opened.queue.isLive('scenes', id)));
  await consumer.close();
  assert.deepEqual(runs, [[id, 1]]);
}
