import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mirrorPatch } from '#gpu-worker/mirror-patch.ts';
import { patchTensor } from '#gpu-worker/patch-tensor.ts';
import { patchLuma, warpPatch } from '#gpu-worker/warp-patch.ts';

const IDENTITY = { a: 1, b: 0, dx: 0, dy: 0 };

/** A photo whose pixel (x, y) has the colour that `paint` gives. */
function photoOf(side: number, paint: (x: number, y: number) => [number, number, number]) {
  const rgb = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) for (let x = 0; x < side; x++) rgb.set(paint(x, y), (y * side + x) * 3);
  return { widthPx: side, heightPx: side, rgb };
}

test('warpPatch() copies pixels where nothing moves', () => {
  const photo = photoOf(8, (x, y) => [x * 10, y * 20, 7]);
  const { rgb } = warpPatch(photo, IDENTITY, 8);
  assert.deepEqual([...rgb], [...photo.rgb]);
});

test('warpPatch() interpolates between pixels and is black beyond the photo', () => {
  const photo = photoOf(4, (x) => [x * 100, 0, 0]);
  const halfPixel = warpPatch(photo, { ...IDENTITY, dx: 0.5 }, 4);
  assert.deepEqual([halfPixel.rgb[0], halfPixel.rgb[3]], [50, 150]);
  const beyond = warpPatch(photo, { ...IDENTITY, dx: 100 }, 4);
  assert.ok(beyond.rgb.every((value) => value === 0));
});

test('warpPatch() averages fine patterns instead of picking pixels', () => {
  const checkers = photoOf(66, (x, y) => ((x + y) % 2 === 0 ? [255, 255, 255] : [0, 0, 0]));
  const shrunk = warpPatch(checkers, { a: 4, b: 0, dx: 1.5, dy: 1.5 }, 16);
  // An odd block holds one more pixel of one colour: 5 of 9 white are 142.
  for (const value of shrunk.rgb) assert.ok(Math.abs(value - 127.5) < 15, `${value} is not grey`);
});

test('mirrorPatch() exchanges left and right, and twice changes nothing', () => {
  const patch = warpPatch(
    photoOf(3, (x, y) => [x, y, x * y]),
    IDENTITY,
    3,
  );
  assert.deepEqual([...mirrorPatch(patch).rgb.subarray(0, 3)], [2, 0, 0]);
  assert.deepEqual(mirrorPatch(mirrorPatch(patch)), patch);
});

test('patchTensor() lays planes out in the asked colour order, normalised', () => {
  const patch = { sizePx: 1, rgb: Float32Array.of(10, 20, 30) };
  const numbers = { mean: [10, 10, 10], std: [5, 5, 5] } as const;
  assert.deepEqual([...patchTensor([patch], { ...numbers, colour: 'rgb' })], [0, 2, 4]);
  assert.deepEqual([...patchTensor([patch, patch], { ...numbers, colour: 'bgr' })], [4, 2, 0, 4, 2, 0]);
});

test('patchLuma() weighs green most', () => {
  const luma = (...rgb: number[]) => patchLuma({ sizePx: 1, rgb: Float32Array.from(rgb) })[0] ?? 0;
  assert.ok(luma(0, 255, 0) > luma(255, 0, 0) && luma(255, 0, 0) > luma(0, 0, 255));
  assert.ok(Math.abs(luma(255, 255, 255) - 255) < 1e-3);
});
