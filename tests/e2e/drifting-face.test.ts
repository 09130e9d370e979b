import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { demoPhotos } from '#cli/demo-story.ts';
import type { DriftKind } from '#core/renderer/studio/drift.ts';
import { studioRenderer } from '#core/renderer/studio/studio-renderer.ts';
import { createCharacter } from '#core/use-cases/create-character.ts';
import { followEnrolment, followScene } from '#core/use-cases/follow.ts';
import type { SceneView } from '#core/use-cases/get-scene.ts';
import { requestScene } from '#core/use-cases/request-scene.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import type { Vision } from '#core/vision/vision.ts';
import { startWorker } from '#core/worker.ts';
import { openOnnxVision } from '#gpu-worker/open-onnx-vision.ts';
import { CONSENT } from '#tests/fakes/draw-with.ts';
import { openTestContext, type TestContext } from '#tests/fakes/open-test-context.ts';
import { bundledPack } from '#tests/gpu-worker/bundled-pack.ts';

const { signal } = new AbortController();
const SEED = 100;
let opened: TestContext;
let caller: Caller;
let vision: Vision;
before(async () => {
  opened = await openTestContext();
  caller = await opened.caller();
  vision = await openOnnxVision(await bundledPack(join(opened.home, 'models')));
  await using _worker = await startWorker(opened.context, { vision, renderer: studioRenderer() });
  const photos = await Promise.all((await demoPhotos()).map((file) => readFile(file)));
  const input = { name: 'Mira', photos, consent: CONSENT };
  const { id } = await createCharacter(input, caller, opened.context, signal);
  assert.equal((await followEnrolment(id, caller, opened.context, signal)).status, 'ready');
});
after(async () => {
  await vision.close();
  await opened[Symbol.asyncDispose]();
});

/** Draws one scene with real eyes; `drifts` says what happens to the face of take 1, 2, 3. */
async function draw(drifts: readonly (DriftKind | undefined)[]): Promise<SceneView> {
  const renderer = studioRenderer({ drift: ({ seed }) => drifts[seed - SEED] });
  await using _worker = await startWorker(opened.context, { vision, renderer });
  const input = {
    character: 'Mira',
    prompt: 'stands in a meadow at noon',
    sizePx: 768,
    seed: SEED,
    replyTo: 'test',
  };
  const { scene } = await requestScene(input, caller, opened.context, signal);
  return followScene(scene.id, caller, opened.context, { signal });
}

const idrOf = ({ verdict }: SceneView['takes'][number]) => (verdict.kind === 'scored' ? verdict.idr : -1);

test('a face that is swapped in the first take is drawn again, and the better take is kept', async () => {
  const { scene, takes } = await draw(['swap']);
  assert.equal(scene.status, 'success');
  assert.equal(takes.length, 2);
  const [swapped = 1, kept = -1] = takes.map(idrOf);
  assert.ok(kept > swapped + 0.2, `${swapped} -> ${kept}`);
  assert.ok(scene.result?.verdict.kind === 'scored' && scene.result.verdict.idr === kept);
});

test('a face that is swapped in every take asks for more references', async () => {
  const { scene, takes } = await draw(['swap', 'swap', 'swap']);
  assert.equal(scene.status, 'needs_more_refs');
  assert.equal(takes.length, 3);
});

test('a face that is hidden in every take is not scored, and says why', async () => {
  const { scene } = await draw(['hide', 'hide', 'hide']);
  assert.equal(scene.result?.verdict.kind, 'n/a');
});
