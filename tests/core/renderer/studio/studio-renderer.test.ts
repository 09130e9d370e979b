import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import sharp from 'sharp';
import { RenderError } from '#core/errors.ts';
import type { RenderReference, RenderRequest } from '#core/renderer/renderer.ts';
import { DRIFT_KINDS, type DriftKind } from '#core/renderer/studio/drift.ts';
import { type StudioOptions, studioRenderer } from '#core/renderer/studio/studio-renderer.ts';
import { testRenderer } from '#tests/contracts/renderer.ts';
import { drawnPortrait } from '#tests/core/renderer/drawn-portrait.ts';
import { faceIn } from './face-in.ts';

let portrait: RenderReference;
before(async () => {
  portrait = await drawnPortrait();
});

function requestOf(prompt: string, more: Partial<RenderRequest> = {}): RenderRequest {
  return { prompt, references: [portrait], aspectRatio: '1:1', sizePx: 384, seed: 7, ...more };
}

async function draw(request: RenderRequest, options: StudioOptions = {}): Promise<Uint8Array> {
  const drawn = await studioRenderer(options).render(request, new AbortController().signal);
  assert.equal(drawn.kind, 'image');
  return drawn.kind === 'image' ? drawn.image : new Uint8Array();
}

/** Mean difference per channel of two pictures, 0-255. */
async function distance(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [left, right] = await Promise.all(
    [a, b].map((one) => sharp(one).resize(64, 64, { fit: 'fill' }).raw().toBuffer()),
  );
  if (!left || !right) return 0;
  return left.reduce((sum, value, i) => sum + Math.abs(value - (right[i] ?? 0)), 0) / left.length;
}

testRenderer(
  'studioRenderer()',
  () => studioRenderer(),
  async () => requestOf('on a cliff at sunset'),
);

test('studioRenderer() gives the same bytes for the same request', async () => {
  const request = requestOf('in a market at night in the rain, in a torn red cloak');
  assert.deepEqual(await draw(request), await draw(request));
});

test('studioRenderer() composes another picture for another seed', async () => {
  const [a, b] = await Promise.all([7, 8].map((seed) => draw(requestOf('in a forest', { seed }))));
  assert.ok(a && b && (await distance(a, b)) > 4);
});

test('studioRenderer() paints places, hours and weathers apart', async () => {
  const scenes = [
    'in a forest at noon',
    'in a tavern',
    'in space',
    'on the beach at sunset',
    'in a city at night',
    'in a city at noon',
    'in a city at noon in the snow',
  ];
  const pictures: Uint8Array[] = [];
  for (const scene of scenes) pictures.push(await draw(requestOf(scene, { references: [] })));
  for (const [i, a] of pictures.entries())
    for (const [j, b] of pictures.entries())
      if (i < j) assert.ok((await distance(a, b)) > 6, `"${scenes[i]}" and "${scenes[j]}" look alike`);
});

test('studioRenderer() dresses the character in the colour that the words say', async () => {
  const red = await draw(requestOf('in a meadow in a red cloak'));
  const blue = await draw(requestOf('in a meadow in a blue cloak'));
  const chest = async (image: Uint8Array) => {
    const { channels } = await sharp(image).stats();
    return (channels[0]?.mean ?? 0) - (channels[2]?.mean ?? 0);
  };
  assert.ok((await chest(red)) > (await chest(blue)) + 5);
});

test('studioRenderer() reads the sections of the prompt template', async () => {
  const template = (state: string) =>
    `[MASTER_STYLE_GUIDE]\npainterly, in a castle\n\n[CHARACTER_SHEET]\nName: Mira\n\n[RECENT_STATE]\n${state}\n\n[USER_SCENE]\non a cliff at sunset\n\n[CONSTRAINTS]\n- Negative tokens: different clothes, space`;
  const plain = await draw(requestOf('on a cliff at sunset'));
  assert.deepEqual(await draw(requestOf(template(''))), plain);
  const cloaked = await draw(requestOf(template('Now: clothing: torn red cloak; place: forest')));
  assert.deepEqual(cloaked, await draw(requestOf('on a cliff at sunset in a torn red cloak')));
});

test('studioRenderer() shows an injury until it has healed', async () => {
  const scene = (words: string) =>
    draw(requestOf(`[RECENT_STATE]\nNow: injury: scratch on the cheek\n\n[USER_SCENE]\nin a tavern${words}`));
  const healthy = await draw(requestOf('in a tavern'));
  assert.notDeepEqual(await scene(''), healthy);
  assert.deepEqual(await scene('; the scratch has healed'), healthy);
});

test('studioRenderer() keeps the face of the reference, at least 160 px wide in 1024', async () => {
  const image = await draw(requestOf('in a library', { sizePx: 1024 }));
  const { similarity, widthPx } = await faceIn(image, portrait);
  const bare = await draw(requestOf('in a library', { sizePx: 1024, references: [] }));
  const elsewhere = await faceIn(bare, portrait);
  assert.ok(similarity > 0.6, `similarity ${similarity.toFixed(2)}`);
  assert.ok(similarity > elsewhere.similarity + 0.2, `${elsewhere.similarity.toFixed(2)} without a face`);
  assert.ok(widthPx >= 160, `face ${widthPx} px`);
});

for (const kind of DRIFT_KINDS)
  test(`studioRenderer() changes the head and neck alone when told to ${kind}`, async () => {
    const request = requestOf('in a library');
    const drift = (): DriftKind => kind;
    const thumbnail = async (image: Uint8Array) => sharp(image).resize(64, 64).greyscale().raw().toBuffer();
    const kept = await thumbnail(await draw(request));
    const lost = await thumbnail(await draw(request, { drift }));
    const changed = [...kept.keys()].filter((i) => Math.abs((kept[i] ?? 0) - (lost[i] ?? 0)) > 10);
    assert.ok(changed.length >= 24, `${changed.length} of ${kept.length} points changed`);
    for (const i of changed) assert.ok(i >= 64 * 8 && i < 64 * 54, `row ${Math.floor(i / 64)} changed`);
  });

test('studioRenderer() can drift by take', async () => {
  const drift = ({ seed }: RenderRequest) => (seed === 1 ? ('hide' as const) : undefined);
  const first = requestOf('in a library', { seed: 1 });
  const second = requestOf('in a library', { seed: 2 });
  assert.notDeepEqual(await draw(first, { drift }), await draw(first));
  assert.deepEqual(await draw(second, { drift }), await draw(second));
});

test('studioRenderer() refuses as a value when told to', async () => {
  const result = await studioRenderer({ fail: () => 'refuse' }).render(
    requestOf('x'),
    new AbortController().signal,
  );
  assert.equal(result.kind, 'refusal');
});

for (const retryable of [true, false])
  test(`studioRenderer() throws an error that is ${retryable ? '' : 'not '}retryable when told to`, async () => {
    const fail = () => (retryable ? ('retryable' as const) : ('final' as const));
    await assert.rejects(
      studioRenderer({ fail }).render(requestOf('x'), new AbortController().signal),
      (error) => error instanceof RenderError && error.retryable === retryable,
    );
  });

test('studioRenderer() hangs until it is aborted when told to', async () => {
  const stop = new AbortController();
  const drawing = studioRenderer({ fail: () => 'hang' }).render(requestOf('x'), stop.signal);
  const reason = new Error('enough');
  setImmediate(() => stop.abort(reason));
  await assert.rejects(drawing, reason);
});
