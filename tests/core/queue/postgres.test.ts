import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StorageError } from '#core/errors.ts';
import { openQueue } from '#core/queue/bullmq-queue.ts';
import { openDatabase } from '#core/stores/database.ts';
import { scene, testQueue } from '../../contracts/queue.ts';
import { postgresFixture, testTiming } from '../../contracts/queue-fixture.ts';
import { assertKilledJobRunsAgain, testQueueLifecycle } from '../../contracts/queue-lifecycle.ts';
import { waitUntil } from '../../contracts/wait-until.ts';
import { startPostgres } from '../../servers/start.ts';
import { cutProxy } from './cut-proxy.ts';

const limit = { timeout: 60_000 };

testQueue('openQueue() on Postgres', postgresFixture);
testQueueLifecycle('openQueue() on Postgres, when consumers end', postgresFixture);

test('a job on Postgres runs again when its process was killed', limit, async () => {
  await using server = await startPostgres();
  await assertKilledJobRunsAgain({ kind: 'postgres', url: server.url });
});

test('the queue says so while Postgres is gone, and works on when it is back', limit, async () => {
  await using server = await startPostgres();
  await using proxy = await cutProxy(server.url);
  const database = await openDatabase({ url: proxy.url, home: '' });
  const queue = await openQueue({ pool: database.pool, timing: { ...testTiming, answerMs: 1_000 } });
  const seen: string[] = [];
  const work = async ({ sceneId }: { sceneId: string }) => void seen.push(sceneId);
  await queue.consume('scenes', work, { concurrency: 1, timeLimitMs: 60_000 });
  await queue.enqueue('scenes', 'before', scene('before'));
  await waitUntil(async () => !(await queue.isLive('scenes', 'before')));

  await proxy.cut();
  await assert.rejects(queue.enqueue('scenes', 'while', scene('while')), (error) => {
    assert.ok(error instanceof StorageError);
    assert.equal(error.retryable, true);
    return true;
  });

  await proxy.mend();
  await waitUntil(() =>
    queue.enqueue('scenes', 'after', scene('after')).then(
      () => true,
      () => false,
    ),
  );
  await waitUntil(() => seen.includes('after'));
  assert.deepEqual(seen, ['before', 'after']);
  await queue.close();
  await database.close();
});
