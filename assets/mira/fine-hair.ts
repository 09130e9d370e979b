import { faceZ } from './face-surface.ts';
import { brow, EYE_HALF_WIDTH, EYE_X, hairlineY, lowerLidY, type Mood, upperLidY } from './features.ts';
import type { Strand } from './hair.ts';
import { random } from './noise.ts';
import { clamp, linear, mix, smoothstep } from './numbers.ts';

const BROW = linear('#4a2c1c');
const FOREHEAD = linear('#452819');
const LASH = linear('#1d100c');

/** Hairs of both brows: up at the nose, sideways at the temple. */
export function brows(mood: Mood, seed: number): Strand[] {
  const next = random(seed);
  return Array.from({ length: 1700 }, (_, i): Strand => {
    const side = i % 2 === 0 ? 1 : -1;
    const u = mix(-1.75, 2.2, next() ** 0.92);
    const { y: middle, half } = brow(u);
    const across = (next() + next() - 1) * 0.95;
    const along = smoothstep(-1.7, -0.4, u);
    const angle =
      mix(1.25, 0.12, along) - across * 0.5 * along - 0.35 * smoothstep(0.8, 2.4, u) + (next() - 0.5) * 0.3;
    const length = (0.34 + 0.2 * next()) * mix(0.8, 1, along) * (1 - 0.35 * smoothstep(1.4, 2.4, u));
    const raise = side > 0 ? 0.05 : 0;
    const points = curl(6, (s) => {
      const turn = angle - 0.5 * s * along;
      const x = side * (EYE_X + u + Math.cos(turn) * length * s);
      const y = middle + raise + across * half + Math.sin(turn) * length * s * 0.8 - 0.06;
      return [x, y, faceZ(x, y, mood) + 0.05];
    });
    return {
      points,
      width: 0.036,
      colour: BROW,
      layer: 0.5,
      opacity: 0.5 * smoothstep(-1.9, -1.2, u) * (0.5 + 0.5 * next()),
    };
  });
}

/** The short hairs at the edge of the forehead, combed back into the rest. */
export function hairline(mood: Mood, seed: number): Strand[] {
  const next = random(seed);
  return Array.from({ length: 3000 }, (): Strand => {
    const x0 = (next() * 2 - 1) * 5.4;
    const y0 = hairlineY(x0) + 0.25 + 1.3 * (next() ** 0.8 - 0.4);
    const side = x0 < 0.9 ? -1 : 1;
    const lean = clamp(Math.abs(x0 - 0.9) / 4) * 0.5 + 0.35 + 0.3 * (next() - 0.5);
    const length = 1.5 + 1.7 * next();
    const points = curl(9, (s) => {
      const turn = lean + 0.7 * s;
      const x = x0 + side * Math.sin(turn) * length * s;
      const y = y0 + Math.cos(turn) * length * s;
      return [x, y, faceZ(x, y, mood) + 0.04 + 0.3 * s];
    });
    return {
      points,
      width: 0.022 + 0.012 * next(),
      colour: FOREHEAD,
      layer: 0.3,
      opacity: 0.25 + 0.4 * next(),
    };
  });
}

/** Lashes of both eyes, rooted at the edges of the lids. */
export function lashes(mood: Mood, seed: number): Strand[] {
  const next = random(seed);
  const one = (side: number, upper: boolean): Strand => {
    const k = upper ? -0.85 + 1.85 * next() : -0.5 + 1.4 * next();
    const u = k * EYE_HALF_WIDTH;
    const y0 = upper ? upperLidY(u, mood) + 0.03 : lowerLidY(u, mood) - 0.06;
    const length = (upper ? 0.34 + 0.24 * clamp(k) : 0.14) * (0.75 + 0.5 * next());
    const splay = k * 0.75 + (next() - 0.5) * 0.3;
    const x0 = side * (EYE_X + u);
    const z0 = faceZ(x0, y0 + (upper ? 0.05 : -0.05), mood) + 0.04;
    const lift = upper ? 1 : -1;
    const points = curl(7, (s) => [
      x0 + side * Math.sin(splay) * length * s,
      y0 + lift * length * (upper ? 0.62 * s * s - 0.08 * s : 0.8 * s) * Math.cos(splay * 0.6),
      z0 + length * 0.75 * s * (1.3 - 0.6 * s),
    ]);
    return { points, width: upper ? 0.03 : 0.02, colour: LASH, layer: 0.9, opacity: upper ? 0.75 : 0.35 };
  };
  return Array.from({ length: 300 }, (_, i) => one(i % 2 === 0 ? 1 : -1, i % 13 < 9));
}

function curl(steps: number, place: (s: number) => readonly [number, number, number]): Float32Array {
  const points = new Float32Array(steps * 3);
  for (let i = 0; i < steps; i++) points.set(place(i / (steps - 1)), i * 3);
  return points;
}
