import type { Paint } from './face-paint.ts';
import { noise } from './noise.ts';
import { linear, mix, type Vec3 } from './numbers.ts';

const DEEP = linear('#4a2c1d');

/**
 * The depth of the hair behind the neck, so that no background shines through between the strands.
 *
 * a: angle around the head in radians, 0 at the nape; j: 0 at the bottom to 1 at the ears.
 */
export const manePoint = (a: number, j: number): Vec3 => [
  7.9 * Math.sin(a),
  mix(-19, 4, j),
  -8.6 * Math.cos(a) * (1 - 0.25 * j * j),
];

/** Paint of that depth at the model point (x, y), cm: dark, in strands. */
export function manePaint(x: number, y: number): Paint {
  const k = 0.5 + noise(x * 9, y * 0.35, 101);
  return { colour: [DEEP[0] * k, DEEP[1] * k, DEEP[2] * k], gloss: 0, roughness: 0.6, glow: 0, softness: 0 };
}
