import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import type { Point } from '#core/domain/face.ts';
import type { RenderReference } from '#core/renderer/renderer.ts';
import { type CutOut, cutOutHead } from '#core/renderer/studio/cut-out.ts';
import { DRIFT_KINDS } from '#core/renderer/studio/drift.ts';
import { inFace } from '#core/renderer/studio/face-frame.ts';
import { studioRenderer } from '#core/renderer/studio/studio-renderer.ts';
import { drawnPortrait } from '#tests/core/renderer/drawn-portrait.ts';
import { faceIn } from './face-in.ts';

/** The drawn portrait as a snapshot that ends at the forehead, the ears and the chin. */
async function tightCrop(): Promise<RenderReference> {
  const whole = await drawnPortrait();
  const crop = { left: 128, top: 130, width: 224, height: 270 };
  const image = await sharp(whole.image).extract(crop).png().toBuffer();
  const move = ([x, y]: Point): Point => [x - crop.left, y - crop.top];
  if (!whole.face) return whole;
  const { box, landmarks } = whole.face;
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = landmarks;
  return {
    ...whole,
    image,
    face: {
      box: { ...box, x: box.x - crop.left, y: box.y - crop.top },
      landmarks: [move(leftEye), move(rightEye), move(nose), move(leftMouth), move(rightMouth)],
    },
  };
}

/** The drawn portrait before planks, cloth and arms in the colours of its hair and skin. */
async function clutteredPortrait(): Promise<RenderReference> {
  const whole = await drawnPortrait();
  const colours = ['#5a3420', '#dba988', '#7a4a30', '#4a2c1c', '#c99878'];
  const planks = Array.from(
    { length: 24 },
    (_, n) =>
      `<rect x="${n % 2 === 0 ? 0 : 352}" y="${Math.floor(n / 2) * 34}" width="128" height="${22 + (n % 3) * 6}" fill="${colours[n % 5]}"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="600">${planks.join('')}<path d="M0 0L480 0L480 40L300 96L180 84L0 60Z" fill="#63402c"/></svg>`;
  const image = await sharp(whole.image)
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
  return { ...whole, image };
}

async function cut({ image, face }: RenderReference): Promise<CutOut> {
  assert.ok(face);
  return cutOutHead(image, face.landmarks, 160);
}

/** The largest alpha along the four sides of the picture. */
function rimAlpha({ alpha, width, height }: CutOut): number {
  return alpha.reduce((most, value, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    const isRim = x === 0 || y === 0 || x === width - 1 || y === height - 1;
    return isRim ? Math.max(most, value) : most;
  }, 0);
}

function alphaAt({ alpha, width, frame }: CutOut, u: number, v: number): number {
  const x = Math.round(frame.eyes[0] + u * frame.width);
  const y = Math.round(frame.eyes[1] + v * frame.eyesToChin);
  return alpha[y * width + x] ?? 0;
}

test('cutOutHead() finds the outline of a head before a plain wall', async () => {
  const head = await cut(await drawnPortrait());
  assert.equal(head.hasOutline, true);
  assert.ok(alphaAt(head, 0, -1.1) > 0.9, 'hair is kept');
  assert.ok(alphaAt(head, 1.1, 0) < 0.05, 'the wall is not');
});

for (const [name, draw] of [
  ['a tight crop', tightCrop],
  ['a cluttered wall', clutteredPortrait],
] as const)
  test(`cutOutHead() keeps only the face and what is about it from ${name}`, async () => {
    const head = await cut(await draw());
    assert.equal(head.hasOutline, false);
    for (const [u, v] of [
      [0, 0],
      [-0.2, 0.4],
      [0.2, 0.4],
      [0, 0.85],
    ] as const)
      assert.ok(alphaAt(head, u, v) > 0.98, `the face at ${u}, ${v}`);
    head.alpha.forEach((value, i) => {
      const { u, v } = inFace(head.frame, i % head.width, Math.floor(i / head.width));
      if (Math.abs(u) > 0.75 || v < -1.35 || v > 1.45) assert.ok(value < 0.02, `${value} at ${u}, ${v}`);
    });
  });

for (const [name, draw] of [
  ['a portrait', drawnPortrait],
  ['a tight crop', tightCrop],
  ['a cluttered wall', clutteredPortrait],
] as const)
  test(`cutOutHead() lets nothing of ${name} reach the rim`, async () => {
    assert.equal(rimAlpha(await cut(await draw())), 0);
  });

async function render(reference: RenderReference, drift?: (typeof DRIFT_KINDS)[number]): Promise<Uint8Array> {
  const renderer = studioRenderer(drift ? { drift: () => drift } : {});
  const drawn = await renderer.render(
    { prompt: 'in a library', references: [reference], aspectRatio: '1:1', sizePx: 512, seed: 7 },
    new AbortController().signal,
  );
  assert.equal(drawn.kind, 'image');
  return drawn.kind === 'image' ? drawn.image : new Uint8Array();
}

test('studioRenderer() leaves the face of a tight crop as it is', async () => {
  const reference = await tightCrop();
  assert.ok(reference.face);
  // Cheek to cheek and brow to chin: the whole box has hair in its corners, which the hood hides.
  const inner = { ...reference, face: { ...reference.face, box: { x: 37, y: 70, width: 150, height: 175 } } };
  const shares = [0.18, 0.19, 0.2, 0.21, 0.22];
  const kept = await faceIn(await render(reference), inner, shares);
  const hidden = await faceIn(await render(reference, 'hide'), inner, shares);
  assert.ok(kept.similarity > 0.6, `similarity ${kept.similarity.toFixed(2)}`);
  assert.ok(
    kept.similarity > hidden.similarity + 0.15,
    `${hidden.similarity.toFixed(2)} with the face hidden`,
  );
});

for (const kind of DRIFT_KINDS)
  test(`studioRenderer() can ${kind} a face in a hood`, async () => {
    const reference = await tightCrop();
    const thumbnail = async (image: Uint8Array) => sharp(image).resize(64, 64).greyscale().raw().toBuffer();
    const kept = await thumbnail(await render(reference));
    const lost = await thumbnail(await render(reference, kind));
    const changed = kept.filter((value, i) => Math.abs(value - (lost[i] ?? 0)) > 10).length;
    assert.ok(changed >= 20, `${changed} of ${kept.length} points changed`);
  });
