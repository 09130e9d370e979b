import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { cosineSimilarity, l2Normalize } from '#core/domain/face.ts';
import { ModelPackError } from '#core/errors.ts';
import { readPhoto } from '#core/imaging/read-photo.ts';
import { openOnnxVision } from '#gpu-worker/open-onnx-vision.ts';
import type { SessionOptions } from '#gpu-worker/open-session.ts';
import { openStyleEncoder } from '#gpu-worker/open-style-encoder.ts';
import { findPack } from '#models/find-pack.ts';
import type { StyleEncoderSpec } from '#models/manifest.ts';
import { openPack } from '#models/open-pack.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import { temporaryDir } from '#tests/models/sample-pack.ts';
import { bundledPack, samplePhoto } from './bundled-pack.ts';
import { ECHO_BLOCK_PX, writeBlockEcho, writePixelEcho } from './echo-model.ts';

// Weights and pictures that are not part of the project; where they are absent the test says so and is skipped.
const SHARED = join(import.meta.dirname, '../../../shared');
const WEIGHTS = join(SHARED, 'weights/squeezenet11_feats.onnx');
const PICTURES = ['style', 'noface', 'multi'].map((folder) => join(SHARED, 'faces', folder));
const absent = [WEIGHTS, ...PICTURES].find((path) => !existsSync(path));

const options: SessionOptions = { threads: 1, provider: 'cpu' };
const signal = AbortSignal.timeout(120_000);
const stack = new AsyncDisposableStack();
let dir: string;
before(async () => {
  dir = stack.use(await temporaryDir()).path;
});
after(() => stack.disposeAsync());

async function packOf(name: string, spec: Partial<StyleEncoderSpec>): Promise<PreparedPack> {
  const manifest = await findPack(name);
  const styleEncoder = { ...(manifest.styleEncoder ?? assert.fail()), ...spec };
  return { manifest: { ...manifest, styleEncoder }, dir, path: (file) => join(dir, file) };
}

async function encode(pack: PreparedPack, picture: Buffer): Promise<Float32Array> {
  const style = await openStyleEncoder(pack, options);
  try {
    return await style.encode(await readPhoto(picture, signal));
  } finally {
    await style.close();
  }
}

/** Stripes from left to right, each of its own width and colour. */
function stripes(heightPx: number, ...parts: [widthPx: number, colour: string][]): Promise<Buffer> {
  const width = parts.reduce((sum, [widthPx]) => sum + widthPx, 0);
  let left = 0;
  const layers = parts.map(([widthPx, background]) => {
    const input = { create: { width: widthPx, height: heightPx, channels: 3 as const, background } };
    left += widthPx;
    return { input, left: left - widthPx, top: 0 };
  });
  return sharp({ create: { width, height: heightPx, channels: 3, background: '#fff' } })
    .composite(layers)
    .png()
    .toBuffer();
}

test('openStyleEncoder() feeds CLIP the middle of the picture, in its colours, and takes the embedding', async () => {
  const perSide = 224 / ECHO_BLOCK_PX;
  const pack = await packOf('clip', { file: 'clip.onnx', dim: 3 * perSide * perSide });
  await writeBlockEcho(pack.path('clip.onnx'), 'image_embeds', 224);
  // CLIP's own numbers, for channels in [0, 1]: openai/CLIP, clip/clip.py. Green covers 3 of 7 columns, blue the others.
  const mean = [0.48145466, 0.4578275, 0.40821073];
  const std = [0.26862954, 0.26130258, 0.27577711];
  const expected = l2Normalize(
    Float32Array.from({ length: 3 * perSide * perSide }, (_, i) => {
      const channel = Math.floor(i / perSide ** 2);
      const shown = i % perSide < 3 ? [0, 1, 0] : [0, 0, 1];
      return ((shown[channel] ?? 0) - (mean[channel] ?? 0)) / (std[channel] ?? 1);
    }),
  );
  for (const scale of [1, 3]) {
    const picture = await stripes(
      224 * scale,
      [112 * scale, '#f00'],
      [96 * scale, '#0f0'],
      [128 * scale, '#00f'],
      [112 * scale, '#f00'],
    );
    const vector = await encode(pack, picture);
    const cosine = cosineSimilarity(vector, expected);
    assert.ok(cosine > 0.9999, `scaled by ${scale}: ${cosine}`);
  }
});

test('openStyleEncoder() gives mean and deviation of each map over the whole picture, blue first', async () => {
  const pack = await packOf('style-lite', { file: 'fire5.onnx', dim: 6 });
  await writePixelEcho(pack.path('fire5.onnx'), 'fire5/concat', 227);
  const [left, right] = ['#ff0000', '#000000'];
  const vector = await encode(pack, await stripes(100, [300, left], [300, right]));
  // Red is 255 in one half and 0 in the other; what stays of each plane is minus its mean, and red's deviation.
  const expected = l2Normalize(Float32Array.of(-104, -117, 127.5 - 123, 0, 0, 127.5));
  assert.ok(cosineSimilarity(vector, expected) > 0.9999, `${vector}`);
  assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-5);
});

test('openStyleEncoder() subtracts the centre that a manifest carries', async () => {
  const centre = Float32Array.of(0.25, -0.5, 0.125, 0, 0, 0.5);
  const plain = await packOf('style-lite', { file: 'centre.onnx', dim: 6 });
  await writePixelEcho(plain.path('centre.onnx'), 'fire5/concat', 227);
  const centred = await packOf('style-lite', {
    file: 'centre.onnx',
    dim: 6,
    centre: Buffer.from(centre.buffer).toString('base64'),
  });
  const picture = await stripes(100, [300, '#f00'], [300, '#4080c0']);
  const expected = l2Normalize((await encode(plain, picture)).map((value, i) => value - (centre[i] ?? 0)));
  assert.ok(cosineSimilarity(await encode(centred, picture), expected) > 0.99999);
});

test('openStyleEncoder() refuses a pack without style, and a network that gives something else', async () => {
  const faces = await findPack('open');
  await assert.rejects(openStyleEncoder({ manifest: faces, dir, path: () => '' }, options), ModelPackError);
  const pack = await packOf('clip', { file: 'other.onnx' });
  await writePixelEcho(pack.path('other.onnx'), 'image_embeds', 224);
  await assert.rejects(encode(pack, await stripes(64, [64, '#123'])), ModelPackError);
  await writeBlockEcho(pack.path('other.onnx'), 'text_embeds', 224);
  await assert.rejects(encode(pack, await stripes(64, [64, '#123'])), ModelPackError);
});

test('openOnnxVision() describes pictures with the style pack it is given', async () => {
  const pack = await packOf('style-lite', { file: 'vision.onnx', dim: 6 });
  await writePixelEcho(pack.path('vision.onnx'), 'fire5/concat', 227);
  const vision = stack.adopt(await openOnnxVision(await bundledPack(dir), options, pack), (one) =>
    one.close(),
  );
  assert.deepEqual(vision.styleEncoder, { id: 'style-lite/squeezenet-fire5@1', dim: 6 });
  const photo = await samplePhoto(1);
  assert.deepEqual((await vision.analyze(photo, signal)).style, await encode(pack, photo));
});

test('openStyleEncoder() with style-lite knows a picture again among others', {
  skip: absent ? `${absent.slice(absent.indexOf('shared'))} is not here` : false,
}, async () => {
  await cp(WEIGHTS, join(dir, 'squeezenet11_feats.onnx'));
  const style = stack.adopt(
    await openStyleEncoder(await openPack(await findPack('style-lite'), { dir }), options),
    (one) => one.close(),
  );
  const originals: Float32Array[] = [];
  const copies: Float32Array[][] = [];
  for (const folder of PICTURES)
    for (const file of (await readdir(folder)).filter((name) => /\.(jpg|png)$/.test(name))) {
      const picture = await readFile(join(folder, file));
      originals.push(await style.encode(await readPhoto(picture, signal)));
      const changed = await changedCopies(picture);
      copies.push(
        await Promise.all(changed.map(async (copy) => style.encode(await readPhoto(copy, signal)))),
      );
    }
  const same = originals.flatMap((one, i) => (copies[i] ?? []).map((copy) => cosineSimilarity(one, copy)));
  const others = originals.flatMap((one, i) =>
    copies.flatMap((of, j) => (i === j ? [] : of.map((copy) => cosineSimilarity(one, copy)))),
  );
  const auc =
    same.reduce((sum, cosine) => sum + others.filter((other) => other < cosine).length, 0) /
    (same.length * others.length);
  assert.ok(auc >= 0.995, `auc ${auc} of ${originals.length} pictures`);
});

/** Re-encoded small, cropped, and relit. */
async function changedCopies(picture: Buffer): Promise<Buffer[]> {
  const { width, height } = await sharp(picture).metadata();
  const cut = {
    left: Math.round(width * 0.1),
    top: Math.round(height * 0.05),
    width: Math.round(width * 0.85),
    height: Math.round(height * 0.85),
  };
  return Promise.all([
    sharp(picture)
      .resize(Math.round(width / 2))
      .jpeg({ quality: 50 })
      .toBuffer(),
    sharp(picture).extract(cut).jpeg({ quality: 85 }).toBuffer(),
    sharp(picture).linear(1.25, 10).jpeg().toBuffer(),
  ]);
}
