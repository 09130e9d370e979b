import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '#core/domain/face.ts';
import { fitSimilarity, invertSimilarity, type Similarity } from '#gpu-worker/fit-similarity.ts';

const SHAPE: Point[] = [
  [0, 0],
  [10, 1],
  [4, 7],
  [-2, 3],
];

function move({ a, b, dx, dy }: Similarity, [x, y]: Point): Point {
  return [a * x - b * y + dx, b * x + a * y + dy];
}

function assertNear(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, i) => {
    assert.ok(Math.abs(value - (expected[i] ?? Number.NaN)) < 1e-9, `${actual} is not ${expected}`);
  });
}

test('fitSimilarity() finds the turn, scale and shift that made the points', () => {
  const turn = { a: 2 * Math.cos(0.4), b: 2 * Math.sin(0.4), dx: 5, dy: -3 };
  const found = fitSimilarity(
    SHAPE,
    SHAPE.map((point) => move(turn, point)),
  );
  assertNear([found.a, found.b, found.dx, found.dy], [turn.a, turn.b, turn.dx, turn.dy]);
});

test('fitSimilarity() never mirrors', () => {
  const mirrored = SHAPE.map(([x, y]): Point => [-x, y]);
  const found = fitSimilarity(SHAPE, mirrored);
  const worst = Math.max(
    ...SHAPE.map((point, i) => {
      const [x, y] = move(found, point);
      return Math.hypot(x - (mirrored[i]?.[0] ?? 0), y - (mirrored[i]?.[1] ?? 0));
    }),
  );
  assert.ok(worst > 2, 'a mirrored shape cannot be reached');
});

test('invertSimilarity() brings points back', () => {
  const there = { a: 0.3, b: -1.2, dx: 40, dy: 7 };
  const back = invertSimilarity(there);
  for (const point of SHAPE) assertNear(move(back, move(there, point)), point);
});

test('fitSimilarity() refuses points that say nothing', () => {
  const spot: Point = [3, 3];
  assert.throws(() => fitSimilarity([spot, spot], [spot, [4, 4]]), RangeError);
  assert.throws(() => fitSimilarity(SHAPE, SHAPE.slice(1)), RangeError);
});
