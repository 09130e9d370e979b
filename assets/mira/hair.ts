import { clearOfBody } from './body.ts';
import { noise, random } from './noise.ts';
import { at, clamp, linear, mix, mix3, smoothstep, type Vec3 } from './numbers.ts';

/** One hair, or a thin bundle of hairs drawn as one line. */
export interface Strand {
  /** Model points from the root to the tip, x, y, z triples. */
  readonly points: Float32Array;
  /** Width at its thickest, cm. */
  readonly width: number;
  readonly colour: Vec3;
  /** 0 under all the others to 1 on top. */
  readonly layer: number;
  readonly opacity: number;
}

/** Lines of the right half of the hair from the face (first) to the nape (last); the part is at x = 0.9. */
const GUIDES: readonly (readonly Vec3[])[] = [
  [
    [0.9, 6.7, 8.1],
    [2.5, 6.8, 7.9],
    [4.3, 5.9, 7.3],
    [5.7, 3.6, 6.4],
    [6.3, 0.1, 5.6],
    [6.3, -4.5, 5.0],
    [6.5, -9.8, 5.3],
    [6.4, -15, 7.4],
    [5.0, -19.5, 9.0],
  ],
  [
    [0.9, 8.7, 6.6],
    [3.0, 9.1, 6.3],
    [5.4, 7.9, 5.5],
    [7.0, 4.4, 4.6],
    [7.6, 0, 3.8],
    [7.9, -5, 3.4],
    [8.1, -10.5, 4.0],
    [7.6, -16, 6.6],
    [6.3, -21, 8.6],
  ],
  [
    [0.9, 11.0, 2],
    [3.5, 10.7, 1.8],
    [6.2, 9.2, 1.1],
    [7.8, 5.0, 0.6],
    [8.5, 0, 0.3],
    [9.0, -6, 0.4],
    [9.5, -11.5, 1.5],
    [9.2, -17, 4.7],
    [7.9, -22, 7.2],
  ],
  [
    [0.7, 10.9, -3],
    [3.8, 10.5, -3],
    [6.5, 8.4, -3.5],
    [7.9, 4, -3.8],
    [8.5, -1, -3.8],
    [8.9, -7, -3.5],
    [9.6, -13, -2.2],
    [10, -18, 0.8],
    [9.4, -23, 4],
  ],
  [
    [0.4, 9, -7],
    [2, 8.6, -7.5],
    [4, 6, -8],
    [5, 2, -8.2],
    [5.3, -3, -7.6],
    [5.3, -8, -6.6],
    [5.5, -14, -6],
    [5.8, -19, -6],
    [6, -24, -6],
  ],
  [
    [0.2, 8.5, -7.4],
    [1, 8, -7.8],
    [2, 5.4, -8.3],
    [2.4, 1.6, -8.4],
    [2.6, -3, -7.6],
    [2.6, -8, -6.4],
    [2.7, -13, -6],
    [2.8, -18, -6.4],
    [2.9, -23, -6.6],
  ],
];
const STEPS = 56;
const BETWEEN = 4;
const ROOT = linear('#24140c');
const MIDDLE = linear('#44261a');
const TIP = linear('#66402d');

function catmull(p0: number, p1: number, p2: number, p3: number, t: number): number {
  return (
    0.5 *
    (2 * p1 +
      (p2 - p0) * t +
      (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t +
      (3 * p1 - p0 - 3 * p2 + p3) * t * t * t)
  );
}

/** Smooth interpolation in a row of values at the fraction t. */
function along<T>(row: readonly T[], t: number, value: (item: T) => number): number {
  const last = row.length - 1;
  const f = clamp(t) * last;
  const i = Math.min(last - 1, Math.floor(f));
  const get = (k: number) => {
    const item = row[clamp(k, 0, last)];
    return item === undefined ? 0 : value(item);
  };
  return catmull(get(i - 1), get(i), get(i + 1), get(i + 2), f - i);
}

function guidePoint(t: number, s: number): Vec3 {
  const axis = (k: 0 | 1 | 2) => along(GUIDES, t, (guide) => along(guide, s, (p) => p[k]));
  return [axis(0), axis(1), axis(2)];
}

/** All strands of the head, deepest first. */
export function hair(seed: number, count: number): Strand[] {
  const next = random(seed);
  const locks = Array.from({ length: 170 }, () => ({
    t: next() ** 0.9,
    layer: next(),
    side: next() < 0.5 ? -1 : 1,
    phase: next(),
    wave: 0.6 + next() * 0.8,
    tint: next(),
    lean: next() - 0.5,
  }));
  const strands = Array.from({ length: count }, (): Strand => {
    const lock = locks[Math.floor(next() * locks.length)] ?? {
      t: 0.5,
      layer: 0.5,
      side: 1,
      phase: 0,
      wave: 1,
      tint: 0.5,
      lean: 0,
    };
    const gauss = () => next() + next() + next() - 1.5;
    const own = {
      dt: gauss() * 0.1,
      dl: gauss() * 0.3,
      stray: next() < 0.05 ? 1 : 0,
      end: 0.8 + 0.2 * Math.sqrt(next()),
      start: next() ** 0.7 * 0.42,
      wobble: next() * 6.28,
      grey: next(),
    };
    return strandOf(lock, own);
  });
  return strands.sort((a, b) => a.layer - b.layer);
}

interface Lock {
  readonly t: number;
  readonly layer: number;
  readonly side: number;
  readonly phase: number;
  readonly wave: number;
  readonly tint: number;
  readonly lean: number;
}

interface Own {
  readonly dt: number;
  readonly dl: number;
  readonly stray: number;
  readonly end: number;
  /** Where the strand grows from along its line: at the part (0) or at the hairline. */
  readonly start: number;
  readonly wobble: number;
  readonly grey: number;
}

function strandOf(lock: Lock, own: Own): Strand {
  const points = new Float32Array(STEPS * 3);
  const layer = clamp(lock.layer * 0.8 + 0.1 + own.dl);
  const start = own.start * (1 - smoothstep(0.02, 0.2, lock.t));
  for (let i = 0; i < STEPS; i++) {
    const s = mix(start, own.end, i / (STEPS - 1));
    const gather = 1 - 0.7 * smoothstep(0.2, 0.9, s);
    const t = clamp(lock.t + own.dt * gather * (1 + own.stray));
    const [gx, high, gz] = guidePoint(t, s);
    const gy = high > 0 ? high * 0.94 : high;
    const depth = mix(lock.layer, layer, gather);
    const rise = smoothstep(start - 0.01, start + mix(0.16, 0.05, clamp(lock.t * 3)), s);
    const lift =
      (mix(-0.35, 0.85, depth) + own.stray * 0.45 * s) * mix(0.4 * smoothstep(0.1, 0.4, lock.t), 1, rise) +
      0.05;
    const radial = Math.hypot(gx, gz * 0.7, Math.max(0, gy) * 0.8) || 1;
    const curl = (0.15 * smoothstep(0.12, 0.4, s) + 0.95 * smoothstep(0.36, 0.9, s)) * lock.wave;
    const phase = lock.phase * 1.5 + lock.t * 2.4 + lock.side * 0.8;
    const swing =
      Math.sin(s * 14 + phase + own.stray * own.wobble) * curl + lock.lean * 1.1 * smoothstep(0.4, 1, s);
    const sway = Math.cos(s * 14 + phase) * curl;
    const fuzz = 0.06 * Math.sin(s * 27 + own.wobble) * (0.4 + own.stray * 3) * s;
    const near = 1 - smoothstep(0, 0.16, s);
    const x = (lock.side > 0 ? gx : -(gx - 1.8 * near)) + (own.grey - 0.5) * 0.5 * near;
    const strayed = x + lock.side * ((gx / radial) * lift + swing * 0.7 + fuzz);
    const raised = gy + (Math.max(0, gy) / radial) * lift * 0.9;
    points.set(clearOfBody([strayed, raised, gz + (gz / radial) * lift * 0.7 + sway * 0.7 + fuzz]), i * 3);
  }
  const tone = clamp(0.1 + 0.5 * lock.tint + 0.35 * layer + 0.3 * (own.grey - 0.5));
  const colour = tone < 0.5 ? mix3(ROOT, MIDDLE, tone * 2) : mix3(MIDDLE, TIP, tone * 2 - 1);
  return { points, width: 0.04 + 0.02 * own.grey, colour, layer, opacity: 0.8 };
}

/** Points along every second strand, close enough together to cast a shadow. */
export function shadowCloud(strands: readonly Strand[]): Float32Array {
  const cast = strands.filter((_, i) => i % 2 === 0);
  const cloud = new Float32Array(cast.length * (STEPS - 1) * BETWEEN * 3);
  let to = 0;
  for (const { points } of cast) {
    for (let i = 0; i + 5 < points.length; i += 3) {
      for (let k = 0; k < BETWEEN; k++) {
        for (let axis = 0; axis < 3; axis++) {
          cloud[to++] = mix(at(points, i + axis), at(points, i + 3 + axis), k / BETWEEN);
        }
      }
    }
  }
  return cloud;
}

/** A patch of noise that breaks up the sheen along the hair. */
export const sheenBreak = (x: number, y: number): number => 0.6 + 0.8 * noise(x * 5, y * 0.9, 61);
