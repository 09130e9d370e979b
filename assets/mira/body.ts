import { curve, mix, smoothstep, type Vec3 } from './numbers.ts';

export const BODY_TOP = -6;
export const BODY_BOTTOM = -30;

const halfWidth = curve([
  [-30, 19],
  [-24, 18.6],
  [-20.5, 17.6],
  [-18.5, 15.8],
  [-17, 13],
  [-15.8, 9.8],
  [-14.8, 7.4],
  [-13.8, 5.2],
  [-12.4, 4.05],
  [-10.5, 3.7],
  [-6, 3.7],
]);
const halfDepth = curve([
  [-30, 10.5],
  [-24, 9.8],
  [-20, 8.6],
  [-17, 6.6],
  [-15, 5.5],
  [-12, 4.5],
  [-6, 4.5],
]);
const middle = curve([
  [-30, -0.5],
  [-24, -1],
  [-20, -1.6],
  [-17, -1.2],
  [-15, -0.6],
  [-12, -0.9],
  [-6, 0.2],
]);

/** Skin of neck and shoulders at the angle `a` around the spine and the height y; the collar bones are in it. */
export function bodyPoint(a: number, y: number, bare = true): Vec3 {
  const s = Math.sin(a);
  const c = Math.cos(a);
  const p = y < -15 ? 0.85 : 1;
  const x = halfWidth(y) * Math.sign(s) * Math.abs(s) ** p;
  const z = middle(y) + halfDepth(y) * Math.sign(c) * Math.abs(c) ** p;
  return [x, y, z + (c > 0 && bare ? tendons(x, y) : 0)];
}

function tendons(x: number, y: number): number {
  const side = Math.abs(x);
  const line = 1.1 + (y + 15.6) * 0.42;
  const tendon = y > -15.8 && y < -9 ? 0.16 * Math.exp(-(((side - line) / 0.55) ** 2)) : 0;
  const notch = -0.5 * Math.exp(-((x / 0.7) ** 2) - ((y + 15.9) / 0.6) ** 2);
  const bone = 0.35 * Math.exp(-(((y + 16.2 - side * 0.1) / 0.45) ** 2)) * Math.exp(-(((side - 5) / 4) ** 2));
  return tendon + notch + bone;
}

const FRONT_DIP = -14.6;
const COLLAR_CM = 0.42;

/** Height where the jumper begins at the angle `a`: a round neckline, higher at the sides and the back. */
const neckline = (a: number): number => FRONT_DIP + 1.6 * (1 - Math.cos(a)) ** 0.9;

/** The jumper, j = 0 at its hem (out of the picture) to 1 inside its collar, a ribbed roll. */
export function jumperPoint(a: number, j: number): Vec3 {
  const top = neckline(a);
  const bend = -1.2 + 4.2 * Math.max(0, (j - 0.85) / 0.15);
  const ribs = 1 + 0.05 * Math.sin(a * 150);
  const flat = Math.min(1, j / 0.85);
  const edge = top + COLLAR_CM * Math.sin(-1.2);
  const y =
    j < 0.85 ? BODY_BOTTOM + (edge - BODY_BOTTOM) * flat : top + COLLAR_CM * 1.5 * Math.sin(bend) + 0.2;
  const out = j < 0.85 ? 0.52 + 0.12 * folds(a, y) : 0.3 + COLLAR_CM * ribs * Math.cos(bend);
  const [x, , z] = bodyPoint(a, Math.min(y, top + 0.3), false);
  return [x + Math.sin(a) * out, y, z + Math.cos(a) * out];
}

/** Soft folds of the wool that run down from the shoulders. */
const folds = (a: number, y: number): number =>
  Math.sin(a * 7 + y * 0.5) + 0.6 * Math.sin(a * 13 - y * 0.9 + 2);

/** Moves a point of the hair that lies inside the shoulders to the wool above them. */
export function clearOfBody([x, y, z]: Vec3): Vec3 {
  if (y > -8) return [x, y, z];
  const [across, deep] = [x / (halfWidth(y) + 1.2), (z - middle(y)) / (halfDepth(y) + 1.2)];
  const inside = Math.hypot(across, deep);
  if (inside >= 1) return [x, y, z];
  const k = mix(1, 1 / Math.max(0.2, inside), smoothstep(-9, -13, y));
  return [x * (1 + (k - 1) * 0.3), y, middle(y) + (z - middle(y)) * k + (k - 1) * 2.5];
}
