import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepSurest, overlapOf } from '#gpu-worker/detection.ts';

const box = (x: number, y: number, side: number) => ({ x, y, width: side, height: side });

test('overlapOf() is the shared part of both boxes', () => {
  assert.equal(overlapOf(box(0, 0, 10), box(0, 0, 10)), 1);
  assert.equal(overlapOf(box(0, 0, 10), box(5, 0, 10)), 50 / 150);
  assert.equal(overlapOf(box(0, 0, 10), box(10, 0, 10)), 0);
});

test('keepSurest() keeps one box a face, the surest first', () => {
  const found = [
    { box: box(0, 0, 10), score: 0.7 },
    { box: box(1, 1, 10), score: 0.9 },
    { box: box(40, 0, 10), score: 0.95 },
    { box: box(2, 2, 10), score: 0.8 },
  ];
  assert.deepEqual(
    keepSurest(found, 0.3).map(({ score }) => score),
    [0.95, 0.9],
  );
  assert.equal(keepSurest(found, 0.99).length, 4);
});
