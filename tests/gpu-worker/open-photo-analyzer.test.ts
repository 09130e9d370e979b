import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { cosineSimilarity, type Face } from '#core/domain/face.ts';
import { photoProblem } from '#core/domain/photo-quality.ts';
import { BadPhotoError, ModelPackError } from '#core/errors.ts';
import type { PhotoAnalysis } from '#core/vision/vision.ts';
import { openOnnxVision } from '#gpu-worker/open-onnx-vision.ts';
import { openPhotoAnalyzer, type PhotoAnalyzer } from '#gpu-worker/open-photo-analyzer.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import { temporaryDir } from '#tests/models/sample-pack.ts';
import { bundledPack, samplePhoto } from './bundled-pack.ts';

const signal = AbortSignal.timeout(120_000);
/** One person of the sixth sample photo, with some surroundings. */
const PORTRAIT = { left: 1330, top: 100, width: 560, height: 640 };

let pack: PreparedPack;
let analyzer: PhotoAnalyzer;
let portrait: Buffer;
let expected: Face;
const stack = new AsyncDisposableStack();
before(async () => {
  const dir = stack.use(await temporaryDir());
  pack = await bundledPack(dir.path);
  analyzer = stack.adopt(await openPhotoAnalyzer(pack), (one) => one.close());
  portrait = await sharp(await samplePhoto(6))
    .extract(PORTRAIT)
    .png()
    .toBuffer();
  expected = onlyFace(await analyzer.analyze(portrait, signal));
});
after(() => stack.disposeAsync());

function onlyFace({ faces }: PhotoAnalysis): Face {
  const [face] = faces;
  assert.equal(faces.length, 1);
  assert.ok(face);
  return face;
}

function assertSamePerson(face: Face, minCosine: number): void {
  const cosine = cosineSimilarity(face.embedding, expected.embedding);
  assert.ok(cosine >= minCosine, `cosine ${cosine}`);
}

test('analyze() finds the faces of a photo, largest first, with unit vectors', async () => {
  const { widthPx, heightPx, faces, style } = await analyzer.analyze(await samplePhoto(1), signal);
  assert.deepEqual([widthPx, heightPx, faces.length], [1920, 1280, 3]);
  const areas = faces.map(({ box }) => box.width * box.height);
  assert.deepEqual(
    areas,
    areas.toSorted((a, b) => b - a),
  );
  for (const { box, landmarks, embedding, detectorScore } of faces) {
    for (const [x, y] of landmarks)
      assert.ok(x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);
    assert.equal(embedding.length, pack.manifest.faceEncoder?.dim);
    assert.ok(Math.abs(Math.hypot(...embedding) - 1) < 1e-5);
    assert.ok(detectorScore > 0.4 && detectorScore <= 1);
  }
  assert.ok(Math.abs(Math.hypot(...style) - 1) < 1e-5);
});

test('analyze() keeps strangers apart', async () => {
  const faces = [...(await analyzer.analyze(await samplePhoto(1), signal)).faces];
  faces.push(...(await analyzer.analyze(await samplePhoto(5), signal)).faces, expected);
  const cosines = faces.flatMap((a, i) =>
    faces.slice(i + 1).map((b) => cosineSimilarity(a.embedding, b.embedding)),
  );
  assert.equal(cosines.length, 36);
  assert.ok(Math.max(...cosines) < 0.45, `${Math.max(...cosines)}`);
});

test('analyze() gives the same numbers every time, also beside another photo', async () => {
  const [again] = await Promise.all([
    analyzer.analyze(portrait, signal),
    analyzer.analyze(await samplePhoto(2), signal),
  ]);
  assert.deepEqual(onlyFace(again), expected);
});

test('analyze() knows the person in every kind of picture file', async () => {
  const files: Record<string, Buffer> = {
    jpeg: await sharp(portrait).jpeg({ quality: 70 }).toBuffer(),
    webp: await sharp(portrait).webp().toBuffer(),
    avif: await sharp(portrait).avif().toBuffer(),
    cmyk: await sharp(portrait).toColourspace('cmyk').jpeg().toBuffer(),
    '16 bit': await sharp(portrait).toColourspace('rgb16').png().toBuffer(),
    alpha: await sharp(portrait).ensureAlpha(0.9).png().toBuffer(),
    'half size': await sharp(portrait)
      .resize(PORTRAIT.width / 2)
      .png()
      .toBuffer(),
    mirrored: await sharp(portrait).flop().png().toBuffer(),
  };
  for (const [kind, bytes] of Object.entries(files)) {
    const face = onlyFace(await analyzer.analyze(bytes, signal));
    const cosine = cosineSimilarity(face.embedding, expected.embedding);
    assert.ok(cosine > 0.75, `${kind}: ${cosine}`);
  }
});

test('analyze() measures in pixels of the upright photo', async () => {
  const turned = await sharp(portrait)
    .rotate(90)
    .withMetadata({ orientation: 8 })
    .jpeg({ quality: 95 })
    .toBuffer();
  const { widthPx, heightPx, faces } = await analyzer.analyze(turned, signal);
  assert.deepEqual([widthPx, heightPx], [PORTRAIT.width, PORTRAIT.height]);
  assert.ok(Math.abs((faces[0]?.box.x ?? 0) - expected.box.x) < 6);
});

test('analyze() measures a photo that is read smaller in its own pixels', async () => {
  const large = await sharp(portrait)
    .resize(PORTRAIT.width * 4)
    .jpeg()
    .toBuffer();
  const analysis = await analyzer.analyze(large, signal);
  const face = onlyFace(analysis);
  assert.equal(analysis.widthPx, PORTRAIT.width * 4);
  assert.ok(Math.abs(face.box.width / expected.box.width - 4) < 0.2);
  assert.ok(Math.abs(face.quality.sizePx / expected.quality.sizePx - 4) < 0.2);
  assertSamePerson(face, 0.75);
});

test('analyze() says why a photo cannot be a reference', async () => {
  const problemOf = async (photo: Buffer) => photoProblem(await analyzer.analyze(photo, signal));
  assert.equal(await problemOf(portrait), undefined);
  assert.match((await problemOf(await samplePhoto(1))) ?? '', /faces: crop it to one person/);
  const small = await sharp(portrait).resize(80).png().toBuffer();
  assert.match((await problemOf(small)) ?? '', /^face 3\d px wide, needs 80/);
  const blurred = await sharp(portrait).blur(6).png().toBuffer();
  assert.match((await problemOf(blurred)) ?? '', /blurred/);
  const wall = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#7a8' } })
    .png()
    .toBuffer();
  assert.match((await problemOf(wall)) ?? '', /no face/);
});

test('analyze() refuses what is no whole photo, in words for the person', async () => {
  const whole = await samplePhoto(3);
  for (const bytes of [whole.subarray(0, 90_000), Buffer.from('not a photo'), Buffer.alloc(0)])
    await assert.rejects(analyzer.analyze(bytes, signal), BadPhotoError);
});

test('analyze() stops when aborted', async () => {
  await assert.rejects(analyzer.analyze(portrait, AbortSignal.abort()), { name: 'AbortError' });
});

test('openOnnxVision() names its encoders', async () => {
  const vision = stack.adopt(await openOnnxVision(pack), (one) => one.close());
  assert.deepEqual(vision.faceEncoder, {
    id: 'bundled/face-api-128@1',
    dim: 512,
    calibration: pack.manifest.faceEncoder?.calibration,
  });
  assert.equal(vision.styleEncoder.id, 'local/colour-texture@1');
});

test('openOnnxVision() refuses an encoder whose cosines mean nothing yet', async () => {
  const { calibration: _, ...faceEncoder } = pack.manifest.faceEncoder ?? assert.fail();
  await assert.rejects(
    openOnnxVision({ ...pack, manifest: { ...pack.manifest, faceEncoder } }),
    ModelPackError,
  );
});

test('openPhotoAnalyzer() says what is missing for CUDA', async () => {
  await assert.rejects(openPhotoAnalyzer(pack, { threads: 1, provider: 'cuda' }), /CUDA/);
});

test('openPhotoAnalyzer() refuses a file that is no model', async () => {
  const broken = { ...pack, path: () => import.meta.filename };
  await assert.rejects(openPhotoAnalyzer(broken), ModelPackError);
});
