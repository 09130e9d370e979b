/** A point or a direction, centimetres: x to the viewer's right, y up, z towards the viewer. */
export type Vec3 = readonly [number, number, number];

/** Reads a typed array where the index is known to be inside. */
export const at = (values: Float32Array | Uint8Array | Int32Array, index: number): number =>
  values[index] ?? 0;

export const clamp = (x: number, low = 0, high = 1): number => Math.max(low, Math.min(high, x));

export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;

export const mix3 = (a: Vec3, b: Vec3, t: number): Vec3 => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];

export function smoothstep(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}

/** A bell of height 1 with standard deviation `sigma`. */
export const bell = (x: number, sigma: number): number => Math.exp((-0.5 * x * x) / (sigma * sigma));

/** An elliptic bell of height 1 over the plane. */
export const bell2 = (x: number, y: number, sx: number, sy: number): number =>
  Math.exp(-0.5 * ((x * x) / (sx * sx) + (y * y) / (sy * sy)));

export function unit([x, y, z]: Vec3): Vec3 {
  const length = Math.hypot(x, y, z) || 1;
  return [x / length, y / length, z / length];
}

/**
 * A smooth line through knots, flat outside them.
 *
 * knots: [x, y] pairs in ascending x; tangents are limited so that the line never overshoots (Fritsch-Carlson).
 */
export function curve(knots: readonly (readonly [number, number])[]): (x: number) => number {
  const xs = Float32Array.from(knots, ([x]) => x);
  const ys = Float32Array.from(knots, ([, y]) => y);
  const last = knots.length - 1;
  const slope = (i: number) => (at(ys, i + 1) - at(ys, i)) / (at(xs, i + 1) - at(xs, i));
  const tangents = Float32Array.from(knots, (_, i) => {
    if (i === 0 || i === last) return slope(i === 0 ? 0 : last - 1);
    const [before, after] = [slope(i - 1), slope(i)];
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  return (x) => {
    if (x <= at(xs, 0)) return at(ys, 0);
    if (x >= at(xs, last)) return at(ys, last);
    let i = 0;
    while (x > at(xs, i + 1)) i++;
    const h = at(xs, i + 1) - at(xs, i);
    const t = (x - at(xs, i)) / h;
    const t2 = t * t;
    const t3 = t2 * t;
    return (
      (2 * t3 - 3 * t2 + 1) * at(ys, i) +
      (t3 - 2 * t2 + t) * h * at(tangents, i) +
      (3 * t2 - 2 * t3) * at(ys, i + 1) +
      (t3 - t2) * h * at(tangents, i + 1)
    );
  };
}

/** "#rrggbb" in sRGB as linear light, each 0-1. */
export function linear(hex: string): Vec3 {
  const channel = (i: number) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}
