import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Box } from '#core/domain/face.ts';
import { clothingColour } from '#core/imaging/clothing-colour.ts';
import { COLOUR_NAMES, colourName } from '#core/imaging/colour-name.ts';
import { labOfRgb } from '#core/imaging/lab.ts';
import { type Photo, readPhoto } from '#core/imaging/read-photo.ts';

type Rgb = readonly [number, number, number];
const SKIN: Rgb = [205, 160, 135];
const FACE: Box = { x: 80, y: 30, width: 40, height: 50 };

/** A person of 200 x 300 px: face, neck and a body of about three faces wide, with 8 % of light and shade on all. */
function paintPerson(cloth: (x: number, y: number) => Rgb, background: (x: number, y: number) => Rgb): Photo {
  const [widthPx, heightPx] = [200, 300];
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const onFace = Math.abs(x - 100) < 21 && y > 20 && y < 82;
      const onNeck = Math.abs(x - 100) < 15 && y >= 82 && y < 102;
      const onBody = Math.abs(x - 100) < 58 && y >= 90;
      const colour = onFace || onNeck ? SKIN : onBody ? cloth(x, y) : background(x, y);
      const light = 1 + 0.08 * Math.sin(x / 9) * Math.cos(y / 12);
      rgb.set(
        colour.map((level) => Math.min(255, level * light)),
        (y * widthPx + x) * 3,
      );
    }
  }
  return { widthPx, heightPx, rgb };
}

test('clothingColour() names plain clothes in any colour, before any background', () => {
  const clothes: Record<string, Rgb> = {
    black: [22, 22, 24],
    grey: [128, 128, 130],
    white: [240, 240, 238],
    red: [185, 25, 30],
    green: [40, 120, 55],
    blue: [50, 100, 190],
    navy: [24, 32, 72],
    yellow: [235, 200, 40],
    orange: [235, 120, 30],
    purple: [110, 45, 140],
    pink: [240, 130, 175],
    teal: [20, 130, 130],
    brown: [100, 62, 35],
  };
  for (const [name, cloth] of Object.entries(clothes)) {
    for (const background of [
      [10, 90, 30],
      [250, 250, 250],
      [200, 30, 60],
    ] as const) {
      const found = clothingColour(
        paintPerson(
          () => cloth,
          () => background,
        ),
        FACE,
      );
      assert.equal(found?.name, name);
      assert.ok((found?.share ?? 0) > 0.9, `${name}: ${found?.share}`);
      const shown = [...Buffer.from(found?.hex.slice(1) ?? '', 'hex')];
      for (const [i, level] of cloth.entries()) assert.ok(Math.abs((shown[i] ?? 0) - level) < 15, `${name}`);
    }
  }
});

test('clothingColour() sees a shirt through a print, and no colour in stripes', () => {
  const grey = (): Rgb => [120, 120, 120];
  const dotted = (x: number, y: number): Rgb => (x % 10 < 3 && y % 10 < 3 ? [250, 240, 40] : [150, 20, 30]);
  const shirt = clothingColour(paintPerson(dotted, grey), FACE);
  assert.equal(shirt?.name, 'red');
  assert.ok((shirt?.share ?? 1) < 0.97);

  const hues: readonly Rgb[] = [
    [200, 30, 30],
    [30, 160, 40],
    [40, 60, 200],
    [240, 220, 60],
  ];
  const striped = (x: number): Rgb => hues[Math.floor(x / 6) % hues.length] ?? SKIN;
  assert.equal(clothingColour(paintPerson(striped, grey), FACE), undefined);
});

test('clothingColour() says nothing of bare skin, also in the shadow of the chin', () => {
  const white = (): Rgb => [250, 250, 250];
  assert.equal(
    clothingColour(
      paintPerson(() => SKIN, white),
      FACE,
    ),
    undefined,
  );
  assert.equal(
    clothingColour(
      paintPerson(() => [150, 112, 92], white),
      FACE,
    ),
    undefined,
  );
});

test('clothingColour() says nothing where the picture ends at the chin', () => {
  const photo = paintPerson(
    () => [185, 25, 30],
    () => [0, 0, 0],
  );
  for (const height of [300, 115]) {
    const cut = { ...photo, heightPx: height, rgb: photo.rgb.subarray(0, 200 * height * 3) };
    assert.equal(clothingColour(cut, FACE)?.name, 'red', `${height} rows`);
  }
  const chin = { ...photo, heightPx: 95, rgb: photo.rgb.subarray(0, 200 * 95 * 3) };
  assert.equal(clothingColour(chin, FACE), undefined);
});

test('clothingColour() bears a face box that reaches out of the picture', () => {
  const photo = paintPerson(
    () => [185, 25, 30],
    () => [0, 0, 0],
  );
  assert.equal(clothingColour(photo, { x: -250, y: -250, width: 40, height: 50 }), undefined);
  assert.equal(clothingColour(photo, { x: 80, y: -10, width: 40, height: 70 })?.name, 'red');
});

test('clothingColour() names clothes in real photos, and leaves patterned ones alone', async () => {
  // Photos inside the dependency; boxes are what a detector found, at 1024 px.
  const expected = {
    'sample6.jpg': [
      { box: [134, 263, 117, 145], name: 'green' },
      { box: [354, 180, 104, 152], name: 'red' },
      { box: [625, 168, 105, 149], name: undefined },
    ],
    'sample2.jpg': [
      { box: [763, 81, 119, 131], name: 'black' },
      { box: [476, 116, 102, 131], name: 'grey' },
      { box: [192, 71, 97, 151], name: 'black' },
    ],
  } as const;
  for (const [file, people] of Object.entries(expected)) {
    const url = new URL(`../../../node_modules/@vladmandic/face-api/demo/${file}`, import.meta.url);
    const photo = await readPhoto(await readFile(url), AbortSignal.timeout(10_000), { maxSidePx: 1024 });
    for (const { box, name } of people) {
      const [x, y, width, height] = box;
      assert.equal(clothingColour(photo, { x, y, width, height })?.name, name, `${file} ${box}`);
    }
  }
});

test('colourName() has a use for each of its names', () => {
  const named = new Set<string>();
  for (let red = 0; red < 256; red += 15) {
    for (let green = 0; green < 256; green += 15) {
      for (let blue = 0; blue < 256; blue += 15) named.add(colourName(labOfRgb(red, green, blue)));
    }
  }
  assert.deepEqual([...named].sort(), [...COLOUR_NAMES].sort());
});

test('labOfRgb() agrees with the published values of the primaries', () => {
  // Source: Lindbloom's calculator, sRGB, D65.
  const known: readonly (readonly [Rgb, Rgb])[] = [
    [
      [255, 255, 255],
      [100, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 255, 0],
      [87.73, -86.18, 83.18],
    ],
    [
      [0, 0, 255],
      [32.3, 79.19, -107.86],
    ],
  ];
  for (const [rgb, lab] of known) {
    for (const [i, value] of labOfRgb(...rgb).entries()) {
      assert.ok(Math.abs(value - (lab[i] ?? Number.NaN)) < 0.1, `${rgb}: ${labOfRgb(...rgb)}`);
    }
  }
});
