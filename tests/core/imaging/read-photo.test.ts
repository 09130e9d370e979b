import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { readPhoto } from '#core/imaging/read-photo.ts';

const BLUE = { r: 20, g: 60, b: 200 };
const { signal } = new AbortController();

/** A picture that is red on its left half and blue on its right, 60 x 40 px. */
function redThenBlue(): Sharp {
  const red = {
    create: { width: 30, height: 40, channels: 3 as const, background: { r: 220, g: 20, b: 30 } },
  };
  return sharp({ create: { width: 60, height: 40, channels: 3, background: BLUE } }).composite([
    { input: red, left: 0, top: 0 },
  ]);
}

async function pixelAt(bytes: Uint8Array, x: number, y: number): Promise<number[]> {
  const { rgb, widthPx } = await readPhoto(bytes, signal);
  return [...rgb.subarray((y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3)];
}

function assertNear(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  expected.forEach((value, i) => {
    assert.ok(Math.abs((actual[i] ?? Number.NaN) - value) <= tolerance, `${actual} is not near ${expected}`);
  });
}

test('readPhoto() gives rows of RGB for every format it takes', async () => {
  const picture = redThenBlue();
  const files = {
    jpeg: await picture.clone().jpeg({ chromaSubsampling: '4:4:4', quality: 95 }).toBuffer(),
    progressive: await picture.clone().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    png: await picture.clone().png().toBuffer(),
    webp: await picture.clone().webp({ lossless: true }).toBuffer(),
    avif: await picture.clone().avif({ lossless: true }).toBuffer(),
  };
  for (const [name, bytes] of Object.entries(files)) {
    const photo = await readPhoto(bytes, signal);
    assert.deepEqual([photo.widthPx, photo.heightPx], [60, 40], name);
    assert.equal(photo.rgb.length, 60 * 40 * 3, name);
    assertNear(await pixelAt(bytes, 10, 20), [220, 20, 30], 6);
    assertNear(await pixelAt(bytes, 50, 20), [20, 60, 200], 6);
  }
});

test('readPhoto() turns a photo upright by its EXIF orientation', async () => {
  const jpeg = redThenBlue().jpeg({ chromaSubsampling: '4:4:4' });
  // Orientation 6: the camera was held so that the stored left side is the top of the scene.
  const turned = await jpeg.clone().withMetadata({ orientation: 6 }).toBuffer();
  const photo = await readPhoto(turned, signal);
  assert.deepEqual([photo.widthPx, photo.heightPx], [40, 60]);
  assertNear(await pixelAt(turned, 20, 10), [220, 20, 30], 8);
  assertNear(await pixelAt(turned, 20, 50), [20, 60, 200], 8);

  const mirrored = await jpeg.clone().withMetadata({ orientation: 2 }).toBuffer();
  assertNear(await pixelAt(mirrored, 10, 20), [20, 60, 200], 8);
});

test('readPhoto() converts CMYK, grey and 16 bit to 8-bit sRGB', async () => {
  const cmyk = await redThenBlue().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
  assert.equal((await sharp(cmyk).metadata()).space, 'cmyk');
  const [red = 0, green = 0, blue = 0] = await pixelAt(cmyk, 10, 20);
  assert.ok(red > 150 && green < 90 && blue < 90, `${[red, green, blue]} is not red`);

  const deep = await redThenBlue().toColourspace('rgb16').png().toBuffer();
  assert.equal((await sharp(deep).metadata()).depth, 'ushort');
  assert.deepEqual(await pixelAt(deep, 50, 20), [20, 60, 200]);

  const grey = await redThenBlue().greyscale().jpeg().toBuffer();
  const [r, g, b] = await pixelAt(grey, 50, 20);
  assert.deepEqual([r, r], [g, b]);
});

test('readPhoto() lays transparency on white, in 8 and in 16 bit', async () => {
  const veil = sharp({ create: { width: 20, height: 20, channels: 4, background: { ...BLUE, alpha: 0 } } });
  assert.deepEqual(await pixelAt(await veil.clone().png().toBuffer(), 5, 5), [255, 255, 255]);
  const deep = await veil.clone().toColourspace('rgb16').png().toBuffer();
  assert.deepEqual(await pixelAt(deep, 5, 5), [255, 255, 255]);
});

test('readPhoto() scales down to maxSidePx and never up', async () => {
  const bytes = await sharp({ create: { width: 800, height: 400, channels: 3, background: BLUE } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const small = await readPhoto(bytes, signal, { maxSidePx: 200 });
  assert.deepEqual([small.widthPx, small.heightPx, small.rgb.length], [100, 200, 100 * 200 * 3]);
  const same = await readPhoto(bytes, signal, { maxSidePx: 5000 });
  assert.deepEqual([same.widthPx, same.heightPx], [400, 800]);
});

test('readPhoto() refuses every truncated format and says so', async () => {
  const noise = sharp({
    create: {
      width: 300,
      height: 200,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  });
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const bytes = await noise.clone().toColourspace('srgb').toFormat(format).toBuffer();
    for (const share of [0.3, 0.9]) {
      await assert.rejects(
        readPhoto(bytes.subarray(0, Math.floor(bytes.length * share)), signal),
        { name: 'BadPhotoError', userMessage: /damaged or cut off; send the original/ },
        `${format} cut to ${share}`,
      );
    }
  }
});

test('readPhoto() reads a JPEG with bytes behind its end (GIFAR) as the JPEG it is', async () => {
  const jpeg = await redThenBlue().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
  const polyglot = Buffer.concat([jpeg, Buffer.from('PK\x03\x04 a jar behind the picture')]);
  assert.deepEqual(await readPhoto(polyglot, signal), await readPhoto(jpeg, signal));
});

test('readPhoto() stops at an aborted signal before it reads', async () => {
  const reason = new Error('went away');
  await assert.rejects(readPhoto(new Uint8Array(), AbortSignal.abort(reason)), reason);
});

test('readPhoto() of damaged bytes gives a picture or a BadPhotoError, and nothing else', async () => {
  const random = seededRandom(7);
  for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
    const whole = await redThenBlue().toFormat(format).toBuffer();
    for (let round = 0; round < 60; round++) {
      const bytes = Buffer.from(whole);
      for (let i = 0; i <= round % 8; i++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const outcome = await readPhoto(bytes, signal).catch((error: Error) => error);
      if (outcome instanceof Error)
        assert.equal(outcome.name, 'BadPhotoError', `${format} ${round}: ${outcome.stack}`);
      else assert.equal(outcome.rgb.length, outcome.widthPx * outcome.heightPx * 3);
    }
  }
});

/** Lehmer's generator: the same damage in every run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
