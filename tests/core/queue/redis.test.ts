import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageError } from '#core/errors.ts';
import { openQueue } from '#core/queue/bullmq-queue.ts';
import { scene, testQueue } from '../../contracts/queue.ts';
import { redisFixture, testTiming } from '../../contracts/queue-fixture.ts';
import { assertKilledJobRunsAgain, testQueueLifecycle } from '../../contracts/queue-lifecycle.ts';
import { waitUntil } from '../../contracts/wait-until.ts';
import { startRedis } from '../../servers/start.ts';
import { cutProxy } from './cut-proxy.ts';

const limit = { timeout: 60_000 };

function isSilence(error: unknown): boolean {
  assert.ok(error instanceof StorageError);
  assert.equal(error.retryable, true);
  assert.match(error.userMessage, /queue at REDIS_URL does not answer/);
  return true;
}

testQueue('openQueue() on Redis', redisFixture);
testQueueLifecycle('openQueue() on Redis, when consumers end', redisFixture);

test('a job on Redis runs again when its process was killed', limit, async () => {
  await assertKilledJobRunsAgain({ kind: 'redis', ...(await startRedis()) });
});

test('openQueue() says so when Redis does not answer', limit, async () => {
  const { url } = await startRedis();
  await using proxy = await cutProxy(url);
  await proxy.cut();
  await assert.rejects(openQueue({ redisUrl: proxy.url, timing: { answerMs: 200 } }), isSilence);
});

test('the queue says so while Redis is gone, and works on when it is back', limit, async () => {
  const { url, prefix } = await startRedis();
  await using proxy = await cutProxy(url);
  const queue = await openQueue({ redisUrl: proxy.url, prefix, timing: { ...testTiming, answerMs: 500 } });
  const seen: string[] = [];
  await queue.consume('scenes', async ({ sceneId }) => void seen.push(sceneId), {
    concurrency: 1,
    timeLimitMs: 60_000,
  });
  await queue.enqueue('scenes', 'before', scene('before'));
  await waitUntil(() => seen.length === 1);

  await proxy.cut();
  await assert.rejects(queue.enqueue('scenes', 'while', scene('while')), isSilence);
  await assert.rejects(queue.isLive('scenes', 'while'), isSilence);
  await assert.rejects(queue.remove('scenes', 'while'), isSilence);
  await assert.rejects(
    queue.consume('identity', async () => undefined, { concurrency: 1, timeLimitMs: 60_000 }),
    isSilence,
  );

  await proxy.mend();
  await waitUntil(() =>
    queue.enqueue('scenes', 'after', scene('after')).then(
      () => true,
      () => false,
    ),
  );
  await waitUntil(() => seen.includes('after'));
  // The refused job may have been on its way when the server went; then it arrives late, which does no harm.
  assert.deepEqual(
    seen.filter((each) => each !== 'while'),
    ['before', 'after'],
  );
  await queue.close();
});

test('Queue.close() ends also while Redis is gone, with a job running', limit, async () => {
  const { url, prefix } = await startRedis();
  await using proxy = await cutProxy(url);
  const queue = await openQueue({
    redisUrl: proxy.url,
    prefix,
    timing: { ...testTiming, answerMs: 500, graceMs: 0 },
  });
  const started = Promise.withResolvers<AbortSignal>();
  await queue.enqueue('scenes', 'running', scene('running'));
  await queue.consume(
    'scenes',
    async (_, { signal }) => {
      started.resolve(signal);
      await new Promise(() => undefined);
    },
    { concurrency: 1, timeLimitMs: 60_000 },
  );
  const signal = await started.promise;
  await proxy.cut();
  await queue.close();
  assert.equal(signal.aborted, true);
});
