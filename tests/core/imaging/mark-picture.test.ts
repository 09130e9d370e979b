import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { drawMark } from '#core/imaging/draw-mark.ts';
import { type MarkOptions, markPicture } from '#core/imaging/mark-picture.ts';
import { readPhoto } from '#core/imaging/read-photo.ts';

const { signal } = new AbortController();
const MADE: MarkOptions = {
  visible: true,
  digitalSourceType: 'trainedAlgorithmicMedia',
  credit: 'IDLock, studio',
};

/** A smooth painted picture: a JPEG keeps it within a few levels. */
function gradient(width: number, height: number): Promise<Buffer> {
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rgb.set([(x / width) * 255, (y / height) * 255, 128], (y * width + x) * 3);
    }
  }
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function flat(background: string, width = 640, height = 480): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();
}

async function xmpOf(bytes: Uint8Array): Promise<string> {
  const { xmp } = await sharp(bytes).metadata();
  return xmp?.toString('utf8') ?? '';
}

test('markPicture() changes no pixel away from the mark, beyond what JPEG does', async () => {
  const picture = await gradient(512, 384);
  const before = await readPhoto(picture, signal);
  const marked = await markPicture(picture, MADE, signal);
  assert.deepEqual([marked.type, marked.widthPx, marked.heightPx], ['image/jpeg', 512, 384]);
  const after = await readPhoto(marked.bytes, signal);

  const mark = drawMark('AI · IDLock', before);
  let inside = 0;
  for (let y = 0; y < 384; y++) {
    for (let x = 0; x < 512; x++) {
      const at = (y * 512 + x) * 3;
      const change = Math.max(
        ...[0, 1, 2].map((c) => Math.abs((after.rgb[at + c] ?? 0) - (before.rgb[at + c] ?? 0))),
      );
      // A JPEG block of 8 px carries the edge of the mark at most this far.
      const near = x >= mark.left - 8 && y >= mark.top - 8;
      if (near) inside = Math.max(inside, change);
      else assert.ok(change <= 6, `pixel ${x},${y} changed by ${change}`);
    }
  }
  assert.ok(inside > 60, 'the mark is there');
});

test('markPicture() draws a mark that can be read on white, black and grey', async () => {
  for (const ground of ['#ffffff', '#000000', '#808080', '#ff2020']) {
    const { bytes } = await markPicture(await flat(ground), MADE, signal);
    const {
      left,
      top,
      widthPx: width,
      heightPx: height,
    } = drawMark('AI · IDLock', { widthPx: 640, heightPx: 480 });
    const grey = await sharp(bytes).extract({ left, top, width, height }).greyscale().raw().toBuffer();
    const sorted = [...grey].sort((a, b) => a - b);
    const pill = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const letters = sorted[Math.floor(sorted.length * 0.97)] ?? 0;
    // WCAG 2.2, 1.4.3: 4.5 to 1 for text.
    assert.ok(contrast(letters, pill) >= 4.5, `${ground}: letters ${letters} on ${pill}`);
  }
});

test('markPicture() says in the metadata how the picture was made, visible mark or not', async () => {
  const picture = await flat('#336699');
  const code = 'http://cv.iptc.org/newscodes/digitalsourcetype/';
  for (const visible of [true, false]) {
    const made = await xmpOf((await markPicture(picture, { ...MADE, visible }, signal)).bytes);
    assert.match(made, new RegExp(`Iptc4xmpExt:DigitalSourceType="${code}trainedAlgorithmicMedia"`));
    assert.match(made, /photoshop:Credit="IDLock, studio"/);
  }
  const composite = { ...MADE, digitalSourceType: 'compositeWithTrainedAlgorithmicMedia' } as const;
  assert.match(
    await xmpOf((await markPicture(picture, composite, signal)).bytes),
    new RegExp(`"${code}compositeWithTrainedAlgorithmicMedia"`),
  );
});

test('markPicture() writes any credit as text, not as XML', async () => {
  const credit = `"/><evil a='<&\u0000\ud800`.padEnd(100_000, 'x');
  const xmp = await xmpOf((await markPicture(await flat('#336699'), { ...MADE, credit }, signal)).bytes);
  assert.ok(xmp.includes(`photoshop:Credit="&quot;/>&lt;evil a='&lt;&amp;`), xmp);
  assert.doesNotMatch(xmp, /<evil/);
  assert.ok(xmp.length < 2000);
});

test('markPicture() without a visible mark leaves every pixel to JPEG', async () => {
  const { bytes } = await markPicture(await flat('#336699'), { ...MADE, visible: false }, signal);
  const { channels } = await sharp(bytes).stats();
  assert.deepEqual(
    channels.map(({ min, max }) => max - min),
    [0, 0, 0],
  );
});

test('markPicture() says preview where asked', async () => {
  const plain = drawMark('AI · IDLock', { widthPx: 640, heightPx: 480 });
  const { bytes } = await markPicture(await flat('#000000'), { ...MADE, preview: true }, signal);
  // Left of where the shorter mark begins there is black ground, unless the longer one is drawn.
  const { left, top, heightPx: height } = plain;
  const { channels } = await sharp(bytes)
    .extract({ left: left - 40, top, width: 30, height })
    .stats();
  assert.ok((channels[0]?.max ?? 0) > 200);
});

test('markPicture() gives the same bytes for the same picture, and drops its metadata', async () => {
  const picture = await sharp(await gradient(300, 200))
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 0/1' } })
    .jpeg()
    .toBuffer();
  const one = await markPicture(picture, MADE, signal);
  const two = await markPicture(picture, MADE, signal);
  assert.deepEqual(one, two);
  assert.ok((await sharp(picture).metadata()).exif);
  assert.equal((await sharp(one.bytes).metadata()).exif, undefined);
});

test('markPicture() fits its mark into narrow, flat and tiny pictures', async () => {
  for (const [width, height] of [
    [64, 900],
    [900, 40],
    [16, 16],
    [1, 1],
  ] as const) {
    const marked = await markPicture(
      await flat('#336699', width, height),
      { ...MADE, preview: true },
      signal,
    );
    assert.deepEqual([marked.widthPx, marked.heightPx], [width, height]);
  }
});

test('markPicture() of what is no picture is a RenderError that may be tried again', async () => {
  await assert.rejects(markPicture(Buffer.from('not a picture'), MADE, signal), {
    name: 'RenderError',
    retryable: true,
  });
  const reason = new Error('cancelled');
  await assert.rejects(markPicture(await flat('#336699'), MADE, AbortSignal.abort(reason)), reason);
});

/** WCAG 2.2 contrast ratio of two grey levels, 0-255. */
function contrast(light: number, dark: number): number {
  const luminance = (level: number) =>
    level <= 10 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
  return (luminance(light) + 0.05) / (luminance(dark) + 0.05);
}
