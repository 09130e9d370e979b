import type { Point } from '#core/domain/face.ts';

/** Turns, scales and moves: (x, y) goes to (a x - b y + dx, b x + a y + dy). */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * The similarity that brings `from` closest to `to` in least squares, never mirrored.
 *
 * @throws {RangeError} when the points of `from` are all one, or the lists differ in length.
 * Source: S. Umeyama, IEEE TPAMI 13(4), 1991; in the plane it has this closed form.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  if (from.length !== to.length || from.length < 2)
    throw new RangeError(`Cannot fit ${from.length} points to ${to.length}`);
  const [fromX, fromY] = centreOf(from);
  const [toX, toY] = centreOf(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  from.forEach(([x, y], i) => {
    const [u = 0, v = 0] = to[i] ?? [];
    const [px, py, qx, qy] = [x - fromX, y - fromY, u - toX, v - toY];
    along += px * qx + py * qy;
    across += px * qy - py * qx;
    spread += px * px + py * py;
  });
  if (spread === 0) throw new RangeError('Cannot fit points that lie on one spot');
  const a = along / spread;
  const b = across / spread;
  return { a, b, dx: toX - (a * fromX - b * fromY), dy: toY - (b * fromX + a * fromY) };
}

/** The similarity that undoes `similarity`. */
export function invertSimilarity({ a, b, dx, dy }: Similarity): Similarity {
  const square = a * a + b * b;
  const [c, d] = [a / square, -b / square];
  return { a: c, b: d, dx: -(c * dx - d * dy), dy: -(d * dx + c * dy) };
}

function centreOf(points: readonly Point[]): Point {
  const sum = points.reduce<[number, number]>(([sx, sy], [x, y]) => [sx + x, sy + y], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
