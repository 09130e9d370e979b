import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import type { Face, FaceQuality } from '#core/domain/face.ts';
import { readPhoto } from '#core/imaging/read-photo.ts';
import { faceQuality } from '#gpu-worker/face-quality.ts';
import { openPhotoAnalyzer, type PhotoAnalyzer } from '#gpu-worker/open-photo-analyzer.ts';
import { temporaryDir } from '#tests/models/sample-pack.ts';
import { bundledPack, samplePhoto } from './bundled-pack.ts';

const PORTRAIT = { left: 1330, top: 100, width: 560, height: 640 };
const signal = AbortSignal.timeout(120_000);

let analyzer: PhotoAnalyzer;
let portrait: Buffer;
let clear: Face;
const stack = new AsyncDisposableStack();
before(async () => {
  const dir = stack.use(await temporaryDir());
  analyzer = stack.adopt(await openPhotoAnalyzer(await bundledPack(dir.path)), (one) => one.close());
  portrait = await sharp(await samplePhoto(6))
    .extract(PORTRAIT)
    .png()
    .toBuffer();
  clear = await faceIn(portrait);
});
after(() => stack.disposeAsync());

async function faceIn(photo: Buffer): Promise<Face> {
  const [face] = (await analyzer.analyze(photo, signal)).faces;
  assert.ok(face, 'the face is still found');
  return face;
}

/** The quality of the same face with a box painted over part of it; edges are parts of the face box. */
async function coveredQuality(
  part: { top: number; bottom: number },
  background: string,
): Promise<FaceQuality> {
  const { x, y, width, height } = clear.box;
  const bar = {
    width: Math.round(width),
    height: Math.round(height * (part.bottom - part.top)),
    channels: 3 as const,
    background,
  };
  const painted = sharp(portrait).composite([
    { input: { create: bar }, left: Math.round(x), top: Math.round(y + height * part.top) },
  ]);
  const photo = await readPhoto(await painted.png().toBuffer(), signal);
  return faceQuality(photo, { ...clear, score: clear.detectorScore });
}

test('faceQuality() finds nothing to blame on a clear frontal face', () => {
  assert.ok(clear.quality.sizePx > 150);
  assert.ok(Math.abs(clear.quality.yawDegrees) < 15);
  assert.ok(clear.quality.sharpness > 100);
  assert.ok(clear.quality.occlusion < 0.1);
});

test('faceQuality() sees covered eyes and a covered mouth', async () => {
  const eyes = await coveredQuality({ top: 0.3, bottom: 0.5 }, '#000');
  assert.ok(eyes.occlusion > 0.2, `eyes ${eyes.occlusion}`);
  const mask = await coveredQuality({ top: 0.5, bottom: 1 }, '#9ac');
  assert.ok(mask.occlusion > 0.3, `mask ${mask.occlusion}`);
  const corner = await coveredQuality({ top: 0, bottom: 0.08 }, '#9ac');
  assert.ok(corner.occlusion < 0.1, `forehead ${corner.occlusion}`);
});

test('faceQuality() measures less sharpness the more a photo is blurred', async () => {
  const sharpness: number[] = [];
  for (const sigma of [1, 2, 4, 6]) {
    const face = await faceIn(await sharp(portrait).blur(sigma).png().toBuffer());
    sharpness.push(face.quality.sharpness);
  }
  assert.deepEqual(
    sharpness,
    sharpness.toSorted((a, b) => b - a),
  );
  assert.ok(clear.quality.sharpness > (sharpness[0] ?? 0));
});
