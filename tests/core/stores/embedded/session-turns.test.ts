import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionTurns } from '#core/stores/embedded/session-turns.ts';

test('sessionTurns() goes in order of asking', async () => {
  const turns = sessionTurns(1000);
  const order: number[] = [];
  const end = await turns.take();
  const others = [1, 2, 3].map(async (n) => {
    const endMine = await turns.take();
    order.push(n);
    endMine();
    endMine();
  });
  end();
  await Promise.all(others);
  assert.deepEqual(order, [1, 2, 3]);
  (await turns.take())();
});

test('sessionTurns() rejects who waits too long, and goes on without them', async () => {
  const turns = sessionTurns(20);
  const end = await turns.take();
  await assert.rejects(turns.take(), { name: 'StorageError', retryable: true });
  end();
  (await turns.take())();
});

test('sessionTurns() rejects all when it is closed', async () => {
  const turns = sessionTurns(1000);
  await turns.take();
  const waiting = turns.take();
  turns.close(new Error('gone'));
  await assert.rejects(waiting, /gone/);
  await assert.rejects(turns.take(), /gone/);
});
