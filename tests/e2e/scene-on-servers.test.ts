import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import S3rver from 's3rver';
import { forgetCharacter } from '#core/use-cases/forget-character.ts';
import { getScene } from '#core/use-cases/get-scene.ts';
import { reconcile } from '#core/use-cases/reconcile.ts';
import { requestScene } from '#core/use-cases/request-scene.ts';
import { colourRenderer } from '#tests/fakes/colour-renderer.ts';
import { drawWith, enrolRed } from '#tests/fakes/draw-with.ts';
import { openTestContext } from '#tests/fakes/open-test-context.ts';
import { startPostgres, startRedis } from '#tests/servers/start.ts';

test('the same scene is drawn, remembered and forgotten on Postgres, Redis and S3', async () => {
  await using postgres = await startPostgres();
  const redis = await startRedis();
  const directory = await mkdtemp(join(tmpdir(), 'idlock-s3-'));
  const s3 = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'pictures' }],
  });
  const { port } = await s3.run();
  try {
    await using opened = await openTestContext({
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      REDIS_PREFIX: redis.prefix,
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: 'pictures',
      S3_ACCESS_KEY: 'S3RVER',
      S3_SECRET_KEY: 'S3RVER',
    });
    const { context } = opened;
    const caller = await opened.caller();
    const character = await enrolRed('Mira', caller, context);
    const renderer = colourRenderer(() => 'red');
    const [first, second] = await drawWith(
      renderer,
      [
        { character: 'Mira', prompt: 'stands on a cliff in a torn red cloak' },
        { character: 'Mira', prompt: 'walks into a tavern' },
      ],
      { context, caller },
    );
    assert.equal(first?.scene.status, 'success');
    assert.ok(second?.scene.result?.state.some(({ value }) => value === 'torn red cloak'));
    const prefix = `${caller.tenantId}/${character.id}/`;
    assert.ok((await context.images.list(prefix)).length >= 4);

    const receipt = await forgetCharacter(character.id, caller, context);
    assert.equal(receipt.rows.scenes, 2);
    assert.deepEqual(await context.images.list(prefix), []);
  } finally {
    await s3.close();
    await rm(directory, { recursive: true, force: true });
  }
});

test('a scene whose job is lost is put back on the queue and drawn', async () => {
  const { signal } = new AbortController();
  await using postgres = await startPostgres();
  const redis = await startRedis();
  await using opened = await openTestContext({
    DATABASE_URL: postgres.url,
    REDIS_URL: redis.url,
    REDIS_PREFIX: redis.prefix,
  });
  const { context } = opened;
  const caller = await opened.caller();
  await enrolRed('Lost', caller, context);
  const { scene } = await requestScene(
    { character: 'Lost', prompt: 'waits', replyTo: 'test' },
    caller,
    context,
    signal,
  );
  await context.queue.remove('scenes', scene.id);
  assert.equal(await context.queue.isLive('scenes', scene.id), false);

  assert.equal(await reconcile(context), 1);
  assert.equal(await context.queue.isLive('scenes', scene.id), true);
  assert.equal(await reconcile(context), 0);
  const [next] = await drawWith(
    colourRenderer(() => 'red'),
    [{ character: 'Lost', prompt: 'goes on' }],
    { context, caller },
  );
  assert.equal(next?.scene.status, 'success');
  // Scenes of one character run in line, so the lost one was drawn before it.
  assert.equal((await getScene(scene.id, caller, context)).scene.status, 'success');
});
