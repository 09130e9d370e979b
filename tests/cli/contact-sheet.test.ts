import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { contactSheet, type SheetScene } from '#cli/contact-sheet.ts';

async function plain(colour: string): Promise<Uint8Array> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: colour } })
    .png()
    .toBuffer();
}

async function scene(more: Partial<SheetScene> = {}): Promise<SheetScene> {
  const image = await plain('#ff0000');
  return {
    image,
    prompt: 'on a cliff',
    idr: 0.8,
    confidence: 0.9,
    band: 'strong',
    changes: ['+ cloak'],
    ...more,
  };
}

test('contactSheet() shows portrait and scenes, three a row', async () => {
  const portrait = await plain('#0000ff');
  const one = await sharp(
    await contactSheet({ character: { name: 'Mira', portrait }, scenes: [await scene()] }),
  ).metadata();
  const scenes = await Promise.all([scene(), scene(), scene(), scene()]);
  const four = await sharp(await contactSheet({ character: { name: 'Mira', portrait }, scenes })).metadata();
  assert.equal(one.format, 'png');
  assert.ok((four.width ?? 0) > (one.width ?? 0) * 2);
  assert.ok((four.height ?? 0) > (one.height ?? 0) * 1.7);
});

test('contactSheet() puts the pictures on the sheet', async () => {
  const sheet = await contactSheet({
    character: { name: 'Mira', portrait: await plain('#0000ff') },
    scenes: [await scene()],
  });
  const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
  let red = 0;
  let blue = 0;
  for (let i = 0; i < data.length; i += info.channels) {
    if ((data[i] ?? 0) > 250 && (data[i + 2] ?? 0) < 5) red++;
    if ((data[i] ?? 0) < 5 && (data[i + 2] ?? 0) > 250) blue++;
  }
  assert.ok(red > 150_000 && blue > 90_000, `${red} red, ${blue} blue`);
});

test('contactSheet() draws scenes without a score and hostile words', async () => {
  const unscored = await scene({
    idr: null,
    confidence: null,
    band: 'n/a',
    prompt: '<svg onload=x> & 龍'.repeat(40),
    changes: [],
  });
  const sheet = await contactSheet({
    character: { name: '"><script>', portrait: await plain('#0000ff') },
    scenes: [unscored],
  });
  assert.equal((await sharp(sheet).metadata()).format, 'png');
});
