import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { scene, testQueue } from '../../contracts/queue.ts';
import { embeddedFixture, newHome, openPlace, testTiming } from '../../contracts/queue-fixture.ts';
import { assertKilledJobRunsAgain, testQueueLifecycle } from '../../contracts/queue-lifecycle.ts';
import { waitUntil } from '../../contracts/wait-until.ts';

const limit = { timeout: 120_000 };
/** So long that only the start of the next process can free a job whose process died. */
const hour = { ...testTiming, lockMs: 3_600_000, stalledCheckMs: 3_600_000 };

testQueue('openQueue() on the embedded database', embeddedFixture);
testQueueLifecycle('openQueue() on the embedded database, when consumers end', embeddedFixture);

test(
  'openQueue() frees the jobs of a killed process at once, as the database is its alone',
  limit,
  async () => {
    const home = newHome();
    try {
      await assertKilledJobRunsAgain({ kind: 'embedded', home }, hour);
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  },
);

test('openQueue() ends a job whose process died once too often', limit, async () => {
  const home = newHome();
  try {
    let died: boolean[] = [];
    for (const stalls of [2, 3]) {
      await using opened = await openPlace({ kind: 'embedded', home }, testTiming);
      await opened.queue.enqueue('scenes', `stalled_${stalls}`, scene('x'));
      await opened.database?.pool.query(
        `update bullmq.job set state = 'active', stalled_count = $1 where id = $2`,
        [stalls, `stalled_${stalls}`],
      );
    }
    await using opened = await openPlace({ kind: 'embedded', home }, testTiming);
    const runs: string[] = [];
    await opened.queue.enqueue('scenes', 'last', scene('last'));
    const consumer = await opened.queue.consume('scenes', async ({ sceneId }) => void runs.push(sceneId), {
      concurrency: 1,
      timeLimitMs: 60_000,
    });
    await waitUntil(() => runs.includes('last'));
    died = await Promise.all([2, 3].map((stalls) => opened.queue.isLive('scenes', `stalled_${stalls}`)));
    await consumer.close();
    assert.deepEqual(died, [false, false]);
    assert.deepEqual(runs, ['x', 'last']);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});
