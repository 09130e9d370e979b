import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shrinkRegion } from '#gpu-worker/shrink-region.ts';

/** 6 x 4 pixels whose red is 10 times the column and whose green is 10 times the row. */
const PHOTO = {
  widthPx: 6,
  heightPx: 4,
  rgb: Uint8Array.from({ length: 24 }, (_, i) => i).reduce((rgb, i) => {
    rgb.set([(i % 6) * 10, Math.floor(i / 6) * 10, 200], i * 3);
    return rgb;
  }, new Uint8Array(72)),
};

test('shrinkRegion() averages blocks of pixels', () => {
  const { left, top, photo } = shrinkRegion(PHOTO, { left: 0, right: 5, top: 0, bottom: 3 }, 2);
  assert.deepEqual([left, top, photo.widthPx, photo.heightPx], [0, 0, 3, 2]);
  assert.deepEqual([...photo.rgb.subarray(0, 6)], [5, 5, 200, 25, 5, 200]);
  assert.deepEqual([...photo.rgb.subarray(15, 18)], [45, 25, 200]);
});

test('shrinkRegion() says where its part of the photo begins', () => {
  const { left, photo } = shrinkRegion(PHOTO, { left: 4, right: 4, top: 0, bottom: 3 }, 2);
  assert.equal(left, 2);
  assert.deepEqual([...photo.rgb.subarray(0, 3)], [25, 5, 200]);
});

test('shrinkRegion() is empty where the photo is not', () => {
  const { photo } = shrinkRegion(PHOTO, { left: 50, right: 60, top: 50, bottom: 60 }, 2);
  assert.equal(photo.rgb.length, 0);
});
