import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { normalizeUpload } from '#core/imaging/normalize-upload.ts';
import { readPhoto } from '#core/imaging/read-photo.ts';

const { signal } = new AbortController();
const GREEN = { r: 40, g: 180, b: 70 };

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: GREEN } });

test('normalizeUpload() lets no place, camera, profile or comment through', async () => {
  const photo = await flat(200, 100)
    .withExif({ IFD0: { Make: 'CameraMaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 0/1' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">home</x:xmpmeta>')
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
  const before = await sharp(photo).metadata();
  assert.ok(before.exif && before.xmp && before.icc, 'the fixture carries all three');

  const { bytes } = await normalizeUpload(photo, signal);
  const after = await sharp(bytes).metadata();
  assert.deepEqual(
    [after.exif, after.xmp, after.icc, after.iptc, after.orientation],
    Array(5).fill(undefined),
  );
  assert.deepEqual([after.space, after.chromaSubsampling], ['srgb', '4:4:4']);
  assert.ok(!Buffer.from(bytes).includes('CameraMaker'));
});

test('normalizeUpload() lets nothing pass that hides behind the picture', async () => {
  const jpeg = await flat(100, 100).jpeg().toBuffer();
  const { bytes } = await normalizeUpload(
    Buffer.concat([jpeg, Buffer.from('<script>hidden</script>')]),
    signal,
  );
  assert.ok(!Buffer.from(bytes).includes('hidden'));
});

test('normalizeUpload() turns the photo upright and tells its size', async () => {
  const turned = await flat(300, 100).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const { bytes, ...told } = await normalizeUpload(turned, signal);
  assert.deepEqual(told, { type: 'image/jpeg', widthPx: 100, heightPx: 300 });
  const { width, height } = await sharp(bytes).metadata();
  assert.deepEqual([width, height], [100, 300]);
});

test('normalizeUpload() scales down to 2048 px and never up', async () => {
  const large = await normalizeUpload(await flat(3000, 1500).jpeg().toBuffer(), signal);
  assert.deepEqual([large.widthPx, large.heightPx], [2048, 1024]);
  const small = await normalizeUpload(await flat(90, 60).webp().toBuffer(), signal);
  assert.deepEqual([small.widthPx, small.heightPx], [90, 60]);
});

test('normalizeUpload() keeps the colours that the photo means, in sRGB', async () => {
  // In Display P3 other numbers stand for the same green.
  const wide = await flat(64, 64).png().withIccProfile('p3').toBuffer();
  const [numberInP3 = 0] = await sharp(wide, { ignoreIcc: true }).raw().toBuffer();
  assert.ok(Math.abs(numberInP3 - GREEN.r) > 20, `${numberInP3}`);
  const { rgb } = await readPhoto((await normalizeUpload(wide, signal)).bytes, signal);
  const [r = 0, g = 0, b = 0] = rgb;
  for (const [actual, expected] of [
    [r, GREEN.r],
    [g, GREEN.g],
    [b, GREEN.b],
  ] as const) {
    assert.ok(Math.abs(actual - expected) <= 3, `${[r, g, b]}`);
  }
});

test('normalizeUpload() refuses what readPhoto() refuses', async () => {
  const jpeg = await flat(300, 300).jpeg().toBuffer();
  for (const bytes of [new Uint8Array(), Buffer.from('<html>'), jpeg.subarray(0, jpeg.length - 30)]) {
    await assert.rejects(normalizeUpload(bytes, signal), { name: 'BadPhotoError' });
  }
  const reason = new Error('went away');
  await assert.rejects(normalizeUpload(jpeg, AbortSignal.abort(reason)), reason);
});
