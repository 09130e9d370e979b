import type { Paint } from './face-paint.ts';
import { cloud } from './noise.ts';
import { linear } from './numbers.ts';

const WOOL = linear('#2f6f6c');

/** Paint of the knitted jumper at the model point (x, y), cm: rows of stitches and a little wear. */
export function clothPaint(x: number, y: number): Paint {
  const column = Math.sin(x * 11 + 0.3 * Math.sin(y * 7));
  const row = Math.sin(y * 13 + Math.abs(column) * 1.5);
  const stitch = 0.86 + 0.1 * column * row + 0.06 * row;
  const worn = 0.85 + 0.3 * cloud(x * 0.5, y * 0.5, 71);
  const k = stitch * worn;
  return {
    colour: [WOOL[0] * k, WOOL[1] * k, WOOL[2] * k],
    gloss: 0.08,
    roughness: 0.6,
    glow: 0,
    softness: 0.3,
  };
}
