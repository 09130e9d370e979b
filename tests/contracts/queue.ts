import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { CharacterId, SceneId, TenantId } from '#core/domain/ids.ts';
import { InvalidRequestError, RenderError } from '#core/errors.ts';
import type { Queue } from '#core/queue/queue.ts';
import type { QueueFixture } from './queue-fixture.ts';
import { waitUntil } from './wait-until.ts';

const tenantId = 'guild_1' as TenantId;
const options = { concurrency: 1, timeLimitMs: 60_000 };
const limit = { timeout: 60_000 };

export function scene(id: string): { tenantId: TenantId; sceneId: SceneId } {
  return { tenantId, sceneId: id as SceneId };
}

/** What every queue does with jobs, on `start`'s kind of server. */
export function testQueue(name: string, start: () => Promise<QueueFixture>): void {
  describe(name, limit, () => {
    let fixture: QueueFixture;
    let queue: Queue;
    let count = 0;
    let id = '';
    before(async () => {
      fixture = await start();
      queue = await fixture.open();
    });
    beforeEach(() => {
      id = `scene_${++count}`;
    });
    after(() => fixture[Symbol.asyncDispose]());

    const isGone = async () => !(await queue.isLive('scenes', id));

    test('enqueue() brings the payload to a consumer', async () => {
      await queue.enqueue('scenes', id, scene(id));
      const seen = Promise.withResolvers<unknown>();
      const consumer = await queue.consume(
        'scenes',
        async (payload, { attempt, lastAttempt, signal }) =>
          seen.resolve({ payload, attempt, lastAttempt, aborted: signal.aborted }),
        options,
      );
      assert.deepEqual(await seen.promise, {
        payload: { tenantId, sceneId: id },
        attempt: 1,
        lastAttempt: false,
        aborted: false,
      });
      await consumer.close();
    });

    test('consume() takes jobs that come later', async () => {
      const seen = Promise.withResolvers<string>();
      const consumer = await queue.consume('scenes', async ({ sceneId }) => seen.resolve(sceneId), options);
      await queue.enqueue('scenes', id, scene(id));
      assert.equal(await seen.promise, id);
      await consumer.close();
    });

    test('consume() runs jobs in the order of enqueue()', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `${id}_${index}`);
      for (const each of ids) await queue.enqueue('scenes', each, scene(each));
      const seen: string[] = [];
      const consumer = await queue.consume('scenes', async ({ sceneId }) => void seen.push(sceneId), options);
      await waitUntil(() => seen.length >= ids.length);
      await consumer.close();
      assert.deepEqual(seen, ids);
    });

    test('enqueue() is a no-op while the job waits or runs', async () => {
      for (let again = 0; again < 3; again++) await queue.enqueue('scenes', id, scene(id));
      let runs = 0;
      const mayEnd = Promise.withResolvers<void>();
      const consumer = await queue.consume(
        'scenes',
        () => {
          runs++;
          return mayEnd.promise;
        },
        { ...options, concurrency: 3 },
      );
      await waitUntil(() => runs > 0);
      await queue.enqueue('scenes', id, scene(id));
      mayEnd.resolve();
      await waitUntil(isGone);
      await consumer.close();
      assert.equal(runs, 1);
    });

    test('enqueue() takes the same id again when the job has ended, well or not', async () => {
      const ends = ['well', 'in failure', 'well'];
      const seen: string[] = [];
      const consumer = await queue.consume(
        'scenes',
        async () => {
          const end = ends[seen.length] ?? 'too often';
          seen.push(end);
          if (end === 'in failure') throw new InvalidRequestError('No');
        },
        options,
      );
      for (const _ of ends) {
        await queue.enqueue('scenes', id, scene(id));
        await waitUntil(isGone);
      }
      await consumer.close();
      assert.deepEqual(seen, ends);
    });

    test('consume() tries three times when the error may pass', async () => {
      const seen: [number, boolean][] = [];
      const consumer = await queue.consume(
        'scenes',
        async (_, { attempt, lastAttempt }) => {
          seen.push([attempt, lastAttempt]);
          throw attempt === 1 ? new Error('a fault') : new RenderError('Busy', { retryable: true });
        },
        options,
      );
      await queue.enqueue('scenes', id, scene(id));
      await waitUntil(isGone);
      await consumer.close();
      assert.deepEqual(seen, [
        [1, false],
        [2, false],
        [3, true],
      ]);
    });

    test('consume() tries once when the error is final', async () => {
      let runs = 0;
      const consumer = await queue.consume(
        'scenes',
        async () => {
          runs++;
          throw new InvalidRequestError('No');
        },
        options,
      );
      await queue.enqueue('scenes', id, scene(id));
      await waitUntil(isGone);
      await consumer.close();
      assert.equal(runs, 1);
    });

    test('consume() ends a job with a malformed payload and goes on', async () => {
      const seen: string[] = [];
      await queue.enqueue('scenes', id, { tenantId, sceneId: 7 } as never); // as an older version may have left it
      await queue.enqueue('scenes', `${id}_next`, scene('next'));
      const consumer = await queue.consume('scenes', async ({ sceneId }) => void seen.push(sceneId), options);
      await waitUntil(() => seen.length > 0);
      await waitUntil(isGone);
      await consumer.close();
      assert.deepEqual(seen, ['next']);
    });

    test('consume() runs as many jobs at a time as it is told', async () => {
      for (let each = 0; each < 9; each++) await queue.enqueue('scenes', `${id}_${each}`, scene(id));
      let [now, most, done] = [0, 0, 0];
      const full = Promise.withResolvers<void>();
      const consumer = await queue.consume(
        'scenes',
        async () => {
          most = Math.max(most, ++now);
          if (now === 3) full.resolve();
          await full.promise;
          now--;
          done++;
        },
        { ...options, concurrency: 3 },
      );
      await waitUntil(() => done === 9);
      await consumer.close();
      assert.equal(most, 3);
    });

    test('two consumers share the jobs, each job once', async () => {
      const other = await fixture.open();
      const seen: string[] = [];
      const handler = async ({ sceneId }: { sceneId: string }) => void seen.push(sceneId);
      const consumers = [
        await queue.consume('scenes', handler, options),
        await other.consume('scenes', handler, options),
      ];
      const ids = Array.from({ length: 20 }, (_, index) => `${id}_${index}`);
      await Promise.all(ids.map((each) => queue.enqueue('scenes', each, scene(each))));
      await waitUntil(() => seen.length >= ids.length);
      await Promise.all(consumers.map((consumer) => consumer.close()));
      assert.deepEqual(seen.toSorted(), ids.toSorted());
    });

    test('queues do not see the jobs of each other', async () => {
      await queue.enqueue('scenes', id, scene(id));
      await queue.enqueue('identity', id, { tenantId, characterId: 'char_1' as CharacterId });
      const seen = Promise.withResolvers<unknown>();
      const consumer = await queue.consume('identity', async (payload) => seen.resolve(payload), options);
      assert.deepEqual(await seen.promise, { tenantId, characterId: 'char_1' });
      assert.equal(await queue.isLive('scenes', id), true);
      await consumer.close();
      await queue.remove('scenes', id);
    });

    test('isLive() holds from enqueue() to the end, also between attempts', async () => {
      const slow = await fixture.open({ retryDelayMs: 3_600_000 });
      assert.equal(await slow.isLive('scenes', id), false);
      await slow.enqueue('scenes', id, scene(id));
      assert.equal(await slow.isLive('scenes', id), true);

      const whileItRan = Promise.withResolvers<boolean>();
      const consumer = await slow.consume(
        'scenes',
        async () => {
          whileItRan.resolve(await slow.isLive('scenes', id));
          throw new Error('once more, in an hour');
        },
        options,
      );
      assert.equal(await whileItRan.promise, true);
      await consumer.close();
      assert.equal(await slow.isLive('scenes', id), true);
      await slow.remove('scenes', id);
      assert.equal(await slow.isLive('scenes', id), false);
    });

    test('remove() takes a waiting job away and leaves a running one', async () => {
      const seen: string[] = [];
      const [started, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const consumer = await queue.consume(
        'scenes',
        async ({ sceneId }, { signal }) => {
          started.resolve();
          await mayEnd.promise;
          if (!signal.aborted) seen.push(sceneId);
        },
        options,
      );
      await queue.enqueue('scenes', `${id}_runs`, scene('runs'));
      await started.promise;
      await queue.enqueue('scenes', id, scene('waits'));
      await queue.enqueue('scenes', `${id}_last`, scene('last'));
      await queue.remove('scenes', id);
      await queue.remove('scenes', `${id}_runs`);
      await queue.remove('scenes', `${id}_unknown`);
      mayEnd.resolve();
      await waitUntil(() => seen.length >= 2);
      await consumer.close();
      assert.deepEqual(seen, ['runs', 'last']);
    });

    test('enqueue() refuses ids that the queue cannot hold', async () => {
      for (const bad of ['', '12', 'a:b', 'ü', 'x'.repeat(201)]) {
        await assert.rejects(queue.enqueue('scenes', bad, scene('x')), RangeError);
      }
    });
  });
}
