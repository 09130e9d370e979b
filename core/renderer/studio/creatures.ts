import { blend, hex } from './colour.ts';
import type { Look } from './look.ts';

/** Draws beasts of the air that a scene names, far behind the character; '' when it names none. */
export function drawCreatures(
  words: string,
  { width, height }: { width: number; height: number },
  look: Look,
): string {
  const parts: string[] = [];
  const paint = hex(blend(look.ink, look.haze, 0.06));
  // The light's side is the empty one: the character stands across from it.
  const side = look.light.x > 0.5 ? 1 : -1;
  const put = (x: number, y: number, scale: number, d: string) =>
    `<path transform="translate(${(x * width).toFixed(1)} ${(y * height).toFixed(1)}) scale(${(-side * scale * height).toFixed(4)} ${(scale * height).toFixed(4)})" d="${d}" fill="${paint}"/>`;
  if (/\b(dragon|wyvern|drake)s?\b/.test(words)) parts.push(put(0.5 + side * 0.27, 0.2, 0.0017, DRAGON));
  if (/\b(birds?|ravens?|crows?|gulls?|seagulls?|eagles?|flock)\b/.test(words))
    for (const [x, y, scale] of FLOCK) parts.push(put(x, y, scale, BIRD));
  return parts.join('');
}

/** In flight to the right; about 190 wide, the shoulder at (0, 0). */
const DRAGON =
  'M96 -30C90 -38 80 -40 70 -36L60 -44L62 -35C50 -32 42 -22 30 -16C22 -26 24 -58 4 -92C0 -74 -12 -66 -22 -64C-18 -58 -20 -50 -26 -48C-44 -50 -58 -44 -72 -30C-58 -30 -48 -26 -42 -16C-34 -18 -26 -14 -20 -6C-34 2 -48 8 -62 6C-78 4 -86 -6 -84 -18C-94 -6 -90 12 -72 20C-78 24 -86 24 -94 20C-88 32 -72 34 -62 26C-44 26 -28 22 -14 18C-16 26 -24 32 -30 36L-20 36L-22 44L-12 36L-8 42C-4 34 2 28 4 20C14 18 22 14 28 8C30 14 26 22 22 26L30 26L30 33L37 25L42 28C42 18 42 6 44 -2C52 -10 60 -16 70 -18C78 -16 88 -18 98 -22C94 -24 90 -25 86 -25C90 -27 94 -28 96 -30Z';
const BIRD = 'M0 0C-8 -10 -20 -12 -30 -6C-20 -8 -10 -2 0 8C10 -2 20 -8 30 -6C20 -12 8 -10 0 0Z';
const FLOCK = [
  [0.16, 0.16, 0.0006],
  [0.24, 0.12, 0.0005],
  [0.3, 0.19, 0.0004],
  [0.74, 0.1, 0.0005],
  [0.84, 0.16, 0.0004],
] as const;
