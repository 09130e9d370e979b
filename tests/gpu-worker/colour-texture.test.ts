import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { cosineSimilarity } from '#core/domain/face.ts';
import { readPhoto } from '#core/imaging/read-photo.ts';
import { COLOUR_TEXTURE, colourTexture } from '#gpu-worker/colour-texture.ts';
import { samplePhoto } from './bundled-pack.ts';

const signal = AbortSignal.timeout(60_000);
const describe = async (bytes: Buffer) => colourTexture(await readPhoto(bytes, signal));

test('colourTexture() knows a picture again, resized and compressed, among others', async () => {
  const photos = await Promise.all(([1, 2, 3, 4, 5, 6] as const).map(samplePhoto));
  const originals = await Promise.all(photos.map(describe));
  for (const [i, photo] of photos.entries()) {
    const copy = await describe(await sharp(photo).resize(480).jpeg({ quality: 40 }).toBuffer());
    const cosines = originals.map((original) => cosineSimilarity(original, copy));
    assert.equal(cosines.indexOf(Math.max(...cosines)), i);
    assert.ok((cosines[i] ?? 0) > 0.98, `${cosines[i]}`);
  }
});

test('colourTexture() gives unit vectors of its dimension, the same every time', async () => {
  const photo = await samplePhoto(1);
  const vector = await describe(photo);
  assert.equal(vector.length, COLOUR_TEXTURE.dim);
  assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-5);
  assert.deepEqual(await describe(photo), vector);
});

test('colourTexture() describes a picture without any edge', async () => {
  const plain = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#334455' } })
    .png()
    .toBuffer();
  assert.ok(Math.abs(Math.hypot(...(await describe(plain))) - 1) < 1e-5);
});
