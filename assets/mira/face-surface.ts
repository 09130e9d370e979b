import {
  EYE_HALF_WIDTH,
  eyeSideways,
  insideEye,
  lowerLidY,
  type Mood,
  mouth,
  mouthHalfWidth,
  upperLidY,
} from './features.ts';
import { bell, bell2, clamp, curve, smoothstep } from './numbers.ts';

export const CHIN_Y = -11.25;
export const CROWN_Y = 11.2;

const halfWidth = curve([
  [-11.25, 0],
  [-11.2, 0.6],
  [-11.08, 1.1],
  [-10.85, 1.65],
  [-10.4, 2.4],
  [-9.6, 3.2],
  [-8.6, 4.0],
  [-7.4, 4.62],
  [-5.8, 5.15],
  [-3.5, 5.78],
  [-1, 6.2],
  [3, 6.4],
  [6, 6.4],
  [8, 6.2],
  [9.6, 5],
  [10.6, 3.4],
  [11.1, 1.5],
  [11.2, 0],
]);
const profile = curve([
  [-11.25, 7.3],
  [-11.15, 8.0],
  [-10.9, 8.55],
  [-10.2, 8.85],
  [-9.4, 8.75],
  [-8.7, 8.6],
  [-7.6, 8.85],
  [-6, 8.95],
  [-5, 8.85],
  [-3, 8.7],
  [0, 8.62],
  [1.2, 8.85],
  [2.2, 9.0],
  [4, 8.85],
  [6, 8.2],
  [7.5, 7.3],
  [9, 5.9],
  [10.2, 4.0],
  [11, 1.5],
  [11.2, 0],
]);
const depth = curve([
  [-11.25, 0.3],
  [-11.05, 1.4],
  [-10.6, 3.1],
  [-9.6, 4.8],
  [-8.2, 6.5],
  [-6, 7.9],
  [-3, 8.5],
  [2, 8.8],
  [6, 8],
  [9, 5.9],
  [11.2, 0.2],
]);
const roundness = curve([
  [-11.4, 2],
  [-8, 2.05],
  [-4, 2.25],
  [0, 2.4],
  [5, 2.45],
  [9, 2.1],
  [11, 2],
]);

const noseHeight = curve([
  [-5.35, 0],
  [-5.05, 0.3],
  [-4.8, 0.85],
  [-4.5, 1.55],
  [-4.15, 2.0],
  [-3.75, 2.12],
  [-3.3, 1.98],
  [-2.4, 1.5],
  [-1.4, 1.02],
  [-0.4, 0.6],
  [0.3, 0.38],
  [1, 0.2],
  [1.9, 0],
]);
const noseWidth = curve([
  [-5.2, 0.55],
  [-4.4, 0.58],
  [-3.7, 0.58],
  [-3, 0.55],
  [-1.5, 0.51],
  [0, 0.56],
  [1.5, 0.8],
]);

function noseRelief(x: number, y: number): number {
  if (y > 2 || y < -5.8) return 0;
  const side = Math.abs(x);
  const arch = 0.42 * Math.min(1.4, x * x) * smoothstep(-3.4, -4.4, y);
  const height = noseHeight(y - arch);
  let h = height * (0.72 * bell(x, noseWidth(y)) + 0.28 * bell(x, 1.15));
  h += 0.34 * bell2(x, y + 3.95, 0.44, 0.42);
  h += 0.72 * bell2(side - 1.08, y + 4.3, 0.34, 0.37);
  h -= 0.2 * bell2(side - 1.52, y + 4.2, 0.16, 0.45);
  h -= 0.42 * bell2(side - 0.58, y + 4.78 - (side - 0.58) * 0.4, 0.24, 0.12);
  return h;
}

function eyeRelief(x: number, y: number, mood: Mood): number {
  const u = eyeSideways(x);
  if (Math.abs(u) > 4 || y > 4 || y < -3.5) return 0;
  let h = -0.5 * bell2(u + 0.35, y - 0.75, 1.5, 0.8) - 0.42 * bell2(u + 1.35, y - 0.35, 0.62, 0.9);
  h += 0.5 * bell2(u, y - 0.05, 1.15, 0.78);
  h += 0.22 * bell2(u - 0.5, y - 2.0, 1.9, 0.55);
  h -= 0.1 * bell2(u + 0.45, y + 1.15 + 0.25 * u, 1.1, 0.22);
  const k = clamp(1 - (u / (EYE_HALF_WIDTH + 0.25)) ** 2);
  const crease = upperLidY(clamp(u, -1.4, 1.5), mood) + 0.16 + 0.16 * k;
  h -= 0.16 * bell(y - crease, 0.07) * smoothstep(0, 0.25, k);
  const pouch = lowerLidY(clamp(u, -1.4, 1.5), mood) - 0.26;
  h += (0.05 + 0.08 * mood.smile) * bell(y - pouch, 0.13) * smoothstep(0, 0.5, k);
  h -= 0.13 * smoothstep(-0.03, 0.07, insideEye(x, y, mood));
  return h;
}

function mouthRelief(x: number, y: number, mood: Mood): number {
  if (y > -4.6 || y < -10 || Math.abs(x) > 4.5) return 0;
  const { line, top, bottom, t } = mouth(x, mood);
  const fade = 1 - smoothstep(0.8, 1.08, t);
  let h = 0.12 * bell2(x, y + 6.6, 1.9, 1.1);
  h += 0.26 * fade * bell(y - (top * 0.45 + line * 0.55), 0.25) + 0.06 * fade * bell(y - top, 0.07);
  h += 0.36 * fade * bell(y - (bottom * 0.52 + line * 0.48), 0.3);
  h += 0.1 * bell2(x, y - line - 0.14, 0.3, 0.18);
  h -= 0.24 * (1 - smoothstep(0.9, 1.1, t)) * bell(y - line, 0.055);
  h -= 0.16 * bell2(Math.abs(x) - mouthHalfWidth(mood) - 0.08, y - line, 0.26, 0.26);
  h -= 0.11 * bell2(x, y + 5.75, 0.24, 0.42) - 0.05 * bell2(Math.abs(x) - 0.5, y + 5.75, 0.18, 0.45);
  h -= 0.2 * bell2(x, y + 8.35, 1.3, 0.3);
  return h;
}

function cheekRelief(x: number, y: number, mood: Mood): number {
  const side = Math.abs(x);
  let h =
    0.32 * bell2(side - 4.2, y + 2.3 - 0.3 * mood.smile, 1.5, 1.3) +
    0.34 * mood.smile * bell2(side - 3.6, y + 3.1, 1.2, 1.0);
  h -= 0.22 * bell2(side - 4.5, y + 6.2, 1.2, 1.8);
  const fold = 1.75 + (-4.2 - y) * (0.42 + 0.1 * mood.smile);
  h -=
    (0.05 + 0.13 * mood.smile) *
    bell(side - fold, 0.22) *
    smoothstep(-7.2, -6, y) *
    (1 - smoothstep(-4.6, -3.9, y));
  h += 0.26 * bell2(x, y + 10.1, 1.15, 0.75);
  h += 0.16 * bell2(side - 2.2, y - 5, 1.8, 1.2);
  return h;
}

/** How far the features stand out of the plain skull towards the viewer, cm. */
function relief(x: number, y: number, mood: Mood): number {
  return noseRelief(x, y) + eyeRelief(x, y, mood) + mouthRelief(x, y, mood) + cheekRelief(x, y, mood);
}

/** Skin of the head at the angle `a` around its axis (0 is the middle of the face) and the height y. */
export function facePoint(a: number, y: number, mood: Mood): [number, number, number] {
  const p = roundness(y);
  const s = Math.sin(a);
  const c = Math.cos(a);
  const x = halfWidth(y) * s;
  const d = depth(y);
  const plain = profile(y) - d + d * (c > 0 ? (1 - Math.abs(s) ** p) ** (1 / p) : c);
  return [x, y, c > 0 ? plain + relief(x, y, mood) * smoothstep(0, 0.35, c) : plain];
}

/** Height (z) of the skin in front of the plane point (x, y) of the face. */
export function faceZ(x: number, y: number, mood: Mood): number {
  const t = clamp(Math.abs(x) / (halfWidth(y) || 1));
  return facePoint(Math.sign(x) * Math.asin(t), y, mood)[2];
}
