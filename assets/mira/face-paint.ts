import {
  brow,
  EYE_HALF_WIDTH,
  EYE_X,
  eyeSideways,
  hairlineY,
  IRIS_RADIUS,
  insideEye,
  lowerLidY,
  type Mood,
  mouth,
  upperLidY,
} from './features.ts';
import { cloud, hash, noise } from './noise.ts';
import { bell, bell2, clamp, linear, mix, mix3, smoothstep, type Vec3 } from './numbers.ts';

/** What the paint says about one point: colour, how it shines, and light of its own (catch lights). */
export interface Paint {
  colour: Vec3;
  /** Strength of the highlights, 0-1. */
  gloss: number;
  /** Width of the highlights, 0.1 wet to 0.6 matt. */
  roughness: number;
  glow: number;
  /** Share of the light that is scattered under the surface, 0-1. */
  softness: number;
}

const SKIN = linear('#dfa98c');
const SKIN_WARM = linear('#d88f78');
const SKIN_RED = linear('#c9705f');
const SKIN_SHADE = linear('#b98a78');
const LIP = linear('#b9595a');
const LIP_DARK = linear('#7a2f33');
const FRECKLE = linear('#a8694a');
const DARK = linear('#2a1714');
const SCALP = linear('#44281c');

function freckles(x: number, y: number): number {
  const where = bell2(Math.abs(x) - 2.6, y + 2.5, 1.6, 0.9) + 0.8 * bell2(x, y + 2.3, 1.2, 0.8);
  if (where < 0.05) return 0;
  let sum = 0;
  const [cx, cy] = [Math.floor(x * 3.6), Math.floor(y * 3.6)];
  for (let j = -1; j <= 1; j++) {
    for (let i = -1; i <= 1; i++) {
      const [gx, gy] = [cx + i, cy + j];
      if (hash(gx, gy, 7) > 0.55) continue;
      const dx = x * 3.6 - gx - hash(gx, gy, 8);
      const dy = y * 3.6 - gy - hash(gx, gy, 9);
      sum += bell(Math.hypot(dx, dy), 0.09 + 0.1 * hash(gx, gy, 10)) * (0.35 + 0.65 * hash(gx, gy, 11));
    }
  }
  return clamp(sum * where);
}

/** Colour of skin shared by the face and the neck. */
export function skin(x: number, y: number): Paint {
  const blotch = cloud(x * 0.7, y * 0.7, 3) - 0.5;
  const fine = noise(x * 9, y * 9, 5) - 0.5;
  const pores = noise(x * 24, y * 24, 6) - 0.5;
  const base = mix3(SKIN, SKIN_WARM, clamp(0.3 + blotch * 0.7 + fine * 0.22 + pores * 0.2));
  return { colour: base, gloss: 0.5 + pores * 0.5 + fine * 0.3, roughness: 0.42, glow: 0, softness: 1 };
}

/** Paint of the face at the model point (x, y), cm. */
export function facePaint(x: number, y: number, mood: Mood): Paint {
  const inside = insideEye(x, y, mood);
  const opening = smoothstep(-0.02, 0.02, inside);
  if (opening >= 1) return eyePaint(x, y, mood);
  const paint = skin(x, y);
  const side = Math.abs(x);
  const flush =
    0.5 * bell2(side - 3.7, y + 3.1, 1.5, 1.2) +
    0.3 * bell2(x, y + 4, 0.9, 0.6) +
    0.12 * bell2(x, y + 10, 1.2, 0.8) +
    0.22 * bell2(side - 1.35, y + 4.5, 0.35, 0.4);
  let colour = mix3(paint.colour, SKIN_RED, clamp(flush) * (0.55 + 0.15 * mood.smile));
  colour = mix3(
    colour,
    SKIN_SHADE,
    0.32 * bell2(eyeSideways(x) + 0.4, y + 0.95, 0.9, 0.3) + 0.2 * bell2(eyeSideways(x), y - 0.9, 1.4, 0.35),
  );
  colour = mix3(colour, FRECKLE, 0.42 * freckles(x, y));
  const nostril = bell2(side - 0.6, y + 4.8 - (side - 0.6) * 0.4, 0.22, 0.08);
  colour = mix3(colour, DARK, 0.85 * smoothstep(0.25, 0.9, nostril));
  paint.gloss *= 0.8 + 0.6 * bell2(x, y + 3, 0.5, 1.6) + 0.2 * bell2(x, y - 4, 2.4, 1.4);
  paint.colour = colour;
  paintLids(paint, x, y, mood);
  paintBrow(paint, x, y);
  paintLips(paint, x, y, mood);
  const hairline = hairlineY(x);
  const scalp = 0.9 * smoothstep(hairline - 0.3, hairline + 1.1, y + 0.5 * (cloud(x * 3, y * 3, 31) - 0.5));
  paint.colour = mix3(paint.colour, SCALP, scalp);
  paint.gloss *= 1 - scalp;
  if (opening > 0) {
    const eye = eyePaint(x, y, mood);
    paint.colour = mix3(paint.colour, eye.colour, opening);
    paint.glow = eye.glow * opening;
  }
  return paint;
}

function paintLids(paint: Paint, x: number, y: number, mood: Mood): void {
  const u = eyeSideways(x);
  if (u < -1.7 || u > 2.1 || Math.abs(y) > 2) return;
  const k = clamp(u, -EYE_HALF_WIDTH, EYE_HALF_WIDTH);
  const ends = smoothstep(-1.62, -1.2, u) * (1 - smoothstep(1.5, 1.8, u));
  const above = y - upperLidY(k, mood) - 0.28 * Math.max(0, u - EYE_HALF_WIDTH);
  const liner = bell(above - 0.03, 0.05 + 0.02 * smoothstep(0, 1.5, u)) * ends;
  const below = lowerLidY(k, mood) - y;
  const lower = bell(below - 0.05, 0.05) * ends * (0.25 + 0.35 * smoothstep(0, 1.5, u));
  const shadow = smoothstep(0.75, 0.05, above) * smoothstep(-0.02, 0.05, above) * ends;
  paint.colour = mix3(paint.colour, linear('#8d5a4c'), 0.35 * shadow);
  paint.colour = mix3(paint.colour, linear('#b06a5c'), 0.5 * bell(below - 0.03, 0.04) * ends);
  paint.colour = mix3(paint.colour, DARK, clamp(0.92 * liner + 0.6 * lower));
  const crease = upperLidY(k, mood) + 0.16 + 0.16 * clamp(1 - (u / (EYE_HALF_WIDTH + 0.25)) ** 2);
  paint.colour = mix3(paint.colour, linear('#7d4a3e'), 0.75 * bell(y - crease, 0.055) * ends);
}

function paintBrow(paint: Paint, x: number, y: number): void {
  const u = eyeSideways(x);
  if (u < -2 || u > 2.7 || y < 1 || y > 3.2) return;
  const { y: middle, half } = brow(u);
  const inside = 1 - smoothstep(0.4, 1.25, Math.abs(y - middle) / half);
  paint.colour = mix3(
    paint.colour,
    linear('#4a2d20'),
    0.5 * inside * smoothstep(-1.95, -1.3, u) * (1 - smoothstep(2.2, 2.6, u)),
  );
}

function paintLips(paint: Paint, x: number, y: number, mood: Mood): void {
  const { line, top, bottom, t } = mouth(x, mood);
  if (t > 1.15 || y > top + 0.4 || y < bottom - 0.4) return;
  const red = smoothstep(-0.1, 0.1, Math.min(top - y, y - bottom)) * (1 - smoothstep(0.9, 1.02, t));
  const wrinkle = noise(x * 11 + 0.4 * Math.sin(y * 9), y * 1.4, 21) - 0.5;
  const shade = y > line ? 0.38 : 0.08 + 0.25 * smoothstep(line - 0.35, line, y);
  const lip = mix3(LIP, LIP_DARK, clamp(shade + wrinkle * 0.25));
  paint.colour = mix3(paint.colour, lip, 0.82 * red);
  const seam = bell(y - line, 0.045) * (1 - smoothstep(0.86, 1.04, t));
  paint.colour = mix3(paint.colour, linear('#3c1416'), 0.9 * seam);
  paint.gloss = mix(paint.gloss, 0.34 + wrinkle * 0.5, red);
  paint.roughness = mix(paint.roughness, 0.42, red);
}

const SCLERA = linear('#d8cbc5');
const SCLERA_PINK = linear('#c98d84');
const IRIS_INNER = linear('#7d5a2c');
const IRIS_OUTER = linear('#3f5845');
const IRIS_RING = linear('#1c2622');

/** Paint between the lids: the white, the iris with its fibres, the pupil and the catch light. */
function eyePaint(x: number, y: number, mood: Mood): Paint {
  const side = x < 0 ? -1 : 1;
  const u = eyeSideways(x);
  const [ix, iy] = [x - side * (EYE_X - 0.02), (y - 0.1) * 0.92];
  const r = Math.hypot(ix, iy) / IRIS_RADIUS;
  const angle = Math.atan2(iy, ix);
  let colour = mix3(
    SCLERA,
    SCLERA_PINK,
    clamp(
      0.75 * smoothstep(-1.0, -1.5, u) +
        0.4 * smoothstep(0.9, 1.5, u) +
        0.25 * (cloud(x * 3, y * 3, 40) - 0.45),
    ),
  );
  const fibre = noise(angle * 14, r * 2.2, 50) * 0.65 + noise(angle * 33, r * 3, 51) * 0.35;
  let iris = mix3(IRIS_INNER, IRIS_OUTER, smoothstep(0.42, 0.75, r + (fibre - 0.5) * 0.3));
  iris = mix3(iris, linear('#cdbb84'), 0.32 * clamp(fibre * 1.7 - 0.75) * smoothstep(0.36, 0.5, r));
  iris = mix3(iris, IRIS_RING, smoothstep(0.72, 1.02, r) * 0.9);
  const lit = clamp(0.75 - 0.75 * (iy / IRIS_RADIUS));
  iris = [iris[0] * (0.55 + 0.8 * lit), iris[1] * (0.55 + 0.8 * lit), iris[2] * (0.55 + 0.8 * lit)];
  iris = mix3(iris, [0.006, 0.005, 0.005], 1 - smoothstep(0.37, 0.45, r));
  colour = mix3(colour, iris, 1 - smoothstep(0.95, 1.06, r));
  const lidShadow =
    1 -
    0.7 * smoothstep(0.5, 0.02, upperLidY(u, mood) - y) -
    0.2 * smoothstep(0.14, 0, y - lowerLidY(u, mood));
  const round = 1 - 0.3 * smoothstep(0.5, 1.5, Math.abs(u));
  const k = lidShadow * round;
  colour = [colour[0] * k, colour[1] * k, colour[2] * k];
  const wet = bell(y - lowerLidY(u, mood) - 0.05, 0.03) * (1 - smoothstep(1, 1.4, Math.abs(u)));
  colour = mix3(colour, linear('#c99f94'), 0.5 * wet);
  const catchLight = smoothstep(1.15, 0.75, Math.hypot((ix + 0.2) / 0.1, (iy - 0.24) / 0.115));
  const second = 0.22 * smoothstep(1.2, 0.5, Math.hypot((ix - 0.22) / 0.12, (iy + 0.22) / 0.09));
  return { colour, gloss: 0, roughness: 0.12, glow: catchLight * 0.95 + second, softness: 0.25 };
}
