import { curve, type Vec3 } from './numbers.ts';

export const BODY_TOP = -6;
export const BODY_BOTTOM = -30;

const halfWidth = curve([
  [-30, 19],
  [-24, 18.8],
  [-21, 18],
  [-19, 16.3],
  [-17.6, 13.6],
  [-16.4, 10.4],
  [-15.4, 7.9],
  [-14.4, 5.8],
  [-13, 4.75],
  [-11, 4.4],
  [-6, 4.4],
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
  [-12, -0.4],
  [-6, 0.2],
]);

/** Skin of neck and shoulders at the angle `a` around the spine and the height y; the collar bones are in it. */
export function bodyPoint(a: number, y: number): Vec3 {
  const s = Math.sin(a);
  const c = Math.cos(a);
  const p = y < -15 ? 0.85 : 1;
  const x = halfWidth(y) * Math.sign(s) * Math.abs(s) ** p;
  const z = middle(y) + halfDepth(y) * Math.sign(c) * Math.abs(c) ** p;
  return [x, y, z + (c > 0 ? tendons(x, y) : 0)];
}

function tendons(x: number, y: number): number {
  const side = Math.abs(x);
  const line = 1.1 + (y + 15.6) * 0.42;
  const tendon = y > -15.8 && y < -9 ? 0.3 * Math.exp(-(((side - line) / 0.55) ** 2)) : 0;
  const notch = -0.5 * Math.exp(-((x / 0.7) ** 2) - ((y + 15.9) / 0.6) ** 2);
  const bone = 0.35 * Math.exp(-(((y + 16.2 - side * 0.1) / 0.45) ** 2)) * Math.exp(-(((side - 5) / 4) ** 2));
  return tendon + notch + bone;
}

const FRONT_DIP = -15.2;

/** Height where the jumper begins at the angle `a`: a round neckline, higher at the sides and the back. */
export const neckline = (a: number): number => FRONT_DIP + 1.7 * (1 - Math.cos(a)) ** 0.9;

/** The jumper, j = 0 at its hem (out of the picture) to 1 at the neckline, which is rolled inwards. */
export function jumperPoint(a: number, j: number): Vec3 {
  const top = neckline(a);
  const t = Math.min(1, j / 0.94);
  const y = BODY_BOTTOM + (top - BODY_BOTTOM) * t;
  const roll = Math.max(0, (j - 0.94) / 0.06);
  const puff = roll > 0 ? Math.cos((roll * Math.PI) / 1.4) : 1;
  const [x, , z] = bodyPoint(a, y);
  const rib = top - y < 1.5 ? 0.1 * Math.sin(((top - y) / 1.5) * Math.PI) : 0;
  const out = 0.55 * puff + rib;
  return [x + Math.sin(a) * out, y + 0.35 * Math.sin(roll * Math.PI * 0.7), z + Math.cos(a) * out];
}
