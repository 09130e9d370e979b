import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { demoPhotos } from '#cli/demo-story.ts';
import { meanVector } from '#core/domain/face.ts';
import { enrollCharacter } from '#core/pipeline/enroll-character.ts';
import { getCharacter } from '#core/stores/characters.ts';
import { revokeConsents } from '#core/stores/consents.ts';
import { latestVector, listVectors } from '#core/stores/vectors.ts';
import { createCharacter } from '#core/use-cases/create-character.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import type { Vision } from '#core/vision/vision.ts';
import { openOnnxVision } from '#gpu-worker/open-onnx-vision.ts';
import { CONSENT } from '#tests/fakes/draw-with.ts';
import { openTestContext, type TestContext } from '#tests/fakes/open-test-context.ts';
import { bundledPack } from '#tests/gpu-worker/bundled-pack.ts';

const FACES = join(import.meta.dirname, '../../../../shared/faces');
const skip = existsSync(FACES) ? false : 'the photos of ../shared/faces are not here';
const { signal } = new AbortController();

let opened: TestContext;
let caller: Caller;
let vision: Vision;
before(async () => {
  opened = await openTestContext();
  caller = await opened.caller();
  vision = await openOnnxVision(await bundledPack(join(opened.home, 'models')));
});
after(async () => {
  await vision.close();
  await opened[Symbol.asyncDispose]();
});

/** Creates a character from these files and enrols it at once, without a queue. */
async function enrol(name: string, files: readonly string[]) {
  const photos = await Promise.all(files.map((file) => readFile(file)));
  const { id } = await createCharacter({ name, photos, consent: CONSENT }, caller, opened.context, signal);
  const needs = { ...opened.context, vision, signal };
  return { id, enrolment: await enrollCharacter({ id, tenantId: caller.tenantId }, needs) };
}

const photo = (path: string) => join(FACES, path);

test('enrollCharacter() keeps a vector for each view and their normalised mean as the identity', async () => {
  const { id, enrolment } = await enrol('Mira', await demoPhotos());
  assert.equal(enrolment.kind, 'ready');
  assert.ok(enrolment.kind === 'ready' && (enrolment.agreement?.mean ?? 0) > 0.6);
  const scope = { ownerId: id, encoder: vision.faceEncoder.id };
  const { views, identity, character } = await opened.context.db.inTenant(caller.tenantId, async (tx) => ({
    views: await listVectors(tx, { ...scope, role: 'view' }),
    identity: await latestVector(tx, { ...scope, role: 'identity' }),
    character: await getCharacter(tx, id),
  }));
  assert.equal(views.length, 3);
  assert.equal(character?.status, 'ready');
  const mean = meanVector(views.map(({ embedding }) => embedding));
  // Stored at half precision: 11 bits.
  for (const [i, value] of mean.entries()) assert.ok(Math.abs(value - (identity?.[i] ?? 9)) < 2e-3);
});

test('enrollCharacter() names the photo of another person', { skip }, async () => {
  const { enrolment } = await enrol('Mixed', [
    photo('people/lisa/lisa1.jpg'),
    photo('people/london_004/neutral.jpg'),
    photo('people/lisa/lisa2.jpg'),
  ]);
  assert.deepEqual(enrolment, {
    kind: 'refused',
    reason: 'Photo 2 does not look like the person of the other photos: leave it out or replace it',
  });
});

for (const [file, reason] of [
  ['multi/identification1.jpg', /Photo 1: two faces/],
  ['noface/house.jpg', /Photo 1: no face/],
  ['noface/dog.jpg', /^Photo 1: /],
  ['ai/ai_seedance3/seedance_00003__03.jpg', /Photo 1: (face \d+ px wide, needs 80|the face is turned)/],
] as const) {
  test(`enrollCharacter() refuses ${file} and says why`, { skip }, async () => {
    const { id, enrolment } = await enrol(
      reason.source
        .replaceAll(/[^a-z]+/g, ' ')
        .trim()
        .slice(0, 30),
      [photo(file)],
    );
    assert.ok(enrolment.kind === 'refused');
    assert.match(enrolment.reason, reason);
    const scope = { ownerId: id, encoder: vision.faceEncoder.id, role: 'view' } as const;
    assert.deepEqual(await opened.context.db.inTenant(caller.tenantId, (tx) => listVectors(tx, scope)), []);
  });
}

test('enrollCharacter() measures nothing when the consent was withdrawn meanwhile', async () => {
  const [file = ''] = await demoPhotos();
  const photos = [await readFile(file)];
  const { id } = await createCharacter(
    { name: 'Withdrawn', photos, consent: CONSENT },
    caller,
    opened.context,
    signal,
  );
  await opened.context.db.inTenant(caller.tenantId, (tx) => revokeConsents(tx, id));
  const needs = { ...opened.context, vision, signal };
  await assert.rejects(enrollCharacter({ id, tenantId: caller.tenantId }, needs), {
    name: 'InvalidRequestError',
    message: /No consent is recorded/,
  });
});
