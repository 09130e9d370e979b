import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { PHOTO_LIMITS, photoHeader } from '#core/imaging/photo-header.ts';

const grey = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#777777' } });

function refuses(bytes: Uint8Array, words: RegExp): Promise<void> {
  return assert.rejects(photoHeader(bytes), { name: 'BadPhotoError', userMessage: words });
}

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG that claims `width` x `height` and holds next to nothing. */
function pngClaiming(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(64))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

test('photoHeader() tells type and upright size', async () => {
  const jpeg = await grey(90, 60).jpeg().withMetadata({ orientation: 8 }).toBuffer();
  assert.deepEqual(await photoHeader(jpeg), { type: 'image/jpeg', widthPx: 60, heightPx: 90 });
  const png = await grey(90, 60).png().toBuffer();
  assert.deepEqual(await photoHeader(png), { type: 'image/png', widthPx: 90, heightPx: 60 });
  const webp = await grey(90, 60).webp().toBuffer();
  assert.deepEqual(await photoHeader(webp), { type: 'image/webp', widthPx: 90, heightPx: 60 });
  const avif = await grey(90, 60).avif().toBuffer();
  assert.deepEqual(await photoHeader(avif), { type: 'image/avif', widthPx: 90, heightPx: 60 });
});

test('photoHeader() refuses 0 bytes and too many bytes', async () => {
  await refuses(new Uint8Array(), /0 bytes/);
  await refuses(new Uint8Array(PHOTO_LIMITS.maxBytes + 1), /at most 20 MB/);
});

test('photoHeader() refuses what is not a raster picture, whatever stands behind its start', async () => {
  const jpeg = await grey(60, 40).jpeg().toBuffer();
  const starts = {
    html: '<!doctype html><script>1</script>',
    svg: '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>',
    pdf: '%PDF-1.7\n',
    zip: 'PK\x03\x04',
    gif: 'GIF89a',
    tiff: 'II*\0',
    text: 'hello',
  };
  for (const start of Object.values(starts)) {
    await refuses(Buffer.concat([Buffer.from(start, 'latin1'), jpeg]), /not a photo; send a JPEG/);
  }
  await refuses(Buffer.from('a'), /not a photo/);
});

test('photoHeader() says what to do with an iPhone HEIC', async () => {
  const ftyp = (brands: string) =>
    Buffer.from(`\0\0\0${String.fromCharCode(8 + brands.length)}ftyp${brands}`, 'latin1');
  await refuses(ftyp('heic\0\0\0\0mif1heic'), /export the photo as JPEG/);
  await refuses(ftyp('mif1\0\0\0\0mif1heic'), /export the photo as JPEG/);
  // The general brand over an AV1 picture goes on to the decoder, which misses the rest of the file.
  await refuses(ftyp('mif1\0\0\0\0mif1avif'), /damaged or cut off/);
});

test('photoHeader() refuses a 100 MP bomb by its header alone', async () => {
  const bomb = pngClaiming(10_000, 10_000);
  assert.ok(bomb.length < 200);
  await refuses(bomb, /10000 x 10000 pixels; scale it down to at most 50 megapixels/);
});

test('photoHeader() refuses a picture too small to show anything', async () => {
  await refuses(await grey(300, 8).png().toBuffer(), /only 300 x 8 pixels/);
});

test('photoHeader() refuses animated WebP and PNG', async () => {
  const frames = [await grey(40, 40).png().toBuffer(), await grey(40, 40).negate().png().toBuffer()];
  const webp = await sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer();
  await refuses(webp, /animated/);

  const still = frames[0] ?? Buffer.alloc(0);
  const control = pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
  await refuses(Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]), /animated/);
});

test('photoHeader() refuses a header without a picture behind it', async () => {
  await refuses(Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /damaged or cut off/);
  await refuses(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), /damaged or cut off/);
});

test('photoHeader() refuses an SVG that dresses up as AVIF or WebP', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>';
  for (const start of ['    ftypavif', 'RIFF    WEBP']) await refuses(Buffer.from(start + svg), /damaged/);
});
