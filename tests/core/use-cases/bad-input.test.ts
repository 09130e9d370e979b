import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { StorageError } from '#core/errors.ts';
import { cancelScene } from '#core/use-cases/cancel-scene.ts';
import { createCharacter } from '#core/use-cases/create-character.ts';
import { findCharacter } from '#core/use-cases/find-character.ts';
import { forgetCharacter } from '#core/use-cases/forget-character.ts';
import { getScene } from '#core/use-cases/get-scene.ts';
import { listCharacters } from '#core/use-cases/list-characters.ts';
import { reconcile } from '#core/use-cases/reconcile.ts';
import { requestScene } from '#core/use-cases/request-scene.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import { colourPicture } from '#tests/fakes/colour-renderer.ts';
import { CONSENT, enrolRed } from '#tests/fakes/draw-with.ts';
import { openTestContext, type TestContext } from '#tests/fakes/open-test-context.ts';

const { signal } = new AbortController();
let opened: TestContext;
let caller: Caller;
before(async () => {
  opened = await openTestContext();
  caller = await opened.caller();
  await enrolRed('Mira', caller, opened.context);
});
after(() => opened[Symbol.asyncDispose]());

const create = (input: Partial<Parameters<typeof createCharacter>[0]>) =>
  createCharacter({ name: 'Nova', photos: [], consent: CONSENT, ...input }, caller, opened.context, signal);
const request = (input: object) =>
  requestScene(
    { character: 'Mira', prompt: 'waits', replyTo: 'test', ...input },
    caller,
    opened.context,
    signal,
  );

test('createCharacter() refuses to measure a face without consent, and keeps nothing', async () => {
  const photos = [await colourPicture('red')];
  await assert.rejects(create({ photos, consent: undefined }), {
    name: 'InvalidRequestError',
    message: /consent/,
  });
  assert.deepEqual(
    (await listCharacters(caller, opened.context)).map(({ name }) => name),
    ['Mira'],
  );
});

test('createCharacter() wants 1 to 5 photos', async () => {
  const photo = await colourPicture('red');
  await assert.rejects(create({ photos: [] }), { message: /1 to 5 photos: 0 were given/ });
  await assert.rejects(create({ photos: Array.from({ length: 6 }, () => photo) }), {
    message: /6 were given/,
  });
});

test('createCharacter() names the photo that is none, and keeps none of the others', async () => {
  const photos = [await colourPicture('red'), Buffer.from('GIF? no')];
  await assert.rejects(create({ photos }), { name: 'BadPhotoError', message: /^Photo 2: / });
  const keys = await opened.context.images.list(`${caller.tenantId}/`);
  const mira = await findCharacter('Mira', caller, opened.context);
  assert.deepEqual(
    keys.filter((key) => !key.includes(mira.id)),
    [],
  );
});

for (const name of [
  '../../etc/passwd',
  'a/b',
  'C:\\con',
  '',
  ' ',
  '.hidden',
  'x'.repeat(41),
  'a\u0000b',
  'a\u202eb',
  '@everyone',
  'a\nb',
  '<script>',
]) {
  test(`createCharacter() refuses the name ${JSON.stringify(name.slice(0, 20))}`, async () => {
    await assert.rejects(create({ name, photos: [await colourPicture('red')] }), {
      name: 'InvalidRequestError',
    });
  });
}

test('createCharacter() refuses a taken name in any letter case', async () => {
  await assert.rejects(create({ name: 'mIRA', photos: [await colourPicture('red')] }), {
    message: /"Mira" exists/,
  });
});

test('requestScene() refuses 10 MB of prompt, control characters and an empty one', async () => {
  await assert.rejects(request({ prompt: 'a'.repeat(10_000_000) }), { message: /too long: at most 2000/ });
  await assert.rejects(request({ prompt: 'runs\u0007 away' }), { message: /control characters/ });
  await assert.rejects(request({ prompt: '   ' }), { name: 'InvalidRequestError' });
  await assert.rejects(request({ sizePx: 1e6 }), { message: /256 to 2048 px/ });
  await assert.rejects(request({ aspectRatio: '7:1' }), { message: /aspect ratio/ });
});

test('requestScene() names the characters there are when one is unknown', async () => {
  await assert.rejects(request({ character: 'Mirra' }), {
    name: 'NotFoundError',
    message: /"Mirra": there is "Mira"/,
  });
});

test('another tenant sees, draws, cancels and forgets nothing of this one, by name or by id', async () => {
  const mira = await findCharacter('Mira', caller, opened.context);
  const { scene } = await request({});
  const stranger = await opened.caller('two');
  const { context } = opened;
  assert.deepEqual(await listCharacters(stranger, context), []);
  for (const attempt of [
    () => findCharacter('Mira', stranger, context),
    () => findCharacter(mira.id, stranger, context),
    () => requestScene({ character: mira.id, prompt: 'waits', replyTo: 'test' }, stranger, context, signal),
    () => getScene(scene.id, stranger, context),
    () => cancelScene(scene.id, stranger, context),
    () => forgetCharacter(mira.id, stranger, context),
  ]) {
    await assert.rejects(attempt, { name: 'NotFoundError' });
  }
  assert.equal((await getScene(scene.id, caller, context)).scene.status, 'queued');
  assert.equal((await findCharacter('Mira', caller, context)).id, mira.id);
});

test('requestScene() lines the scenes of one character up', async () => {
  const first = await request({});
  const second = await request({});
  assert.equal(second.ahead, first.ahead + 1);
  assert.equal(await opened.context.queue.isLive('scenes', second.scene.id), false);
});

test('a request made while the queue is away stands, and is queued when it is back', async () => {
  const { context } = opened;
  await enrolRed('Patient', caller, context);
  const away = () => Promise.reject(new StorageError('The queue does not answer', { retryable: true }));
  const doorway = { ...context, queue: { ...context.queue, enqueue: away } };
  const input = { character: 'Patient', prompt: 'waits', replyTo: 'test' };
  const { scene } = await requestScene(input, caller, doorway, signal);
  assert.equal(await context.queue.isLive('scenes', scene.id), false);
  await reconcile(context);
  assert.equal(await context.queue.isLive('scenes', scene.id), true);
});
