import type { CutOut } from './cut-out.ts';
import { hairColour, hairLikeness } from './hair-colour.ts';
import { keepConnected } from './keep-connected.ts';
import { clamp, smoothstep } from './noise.ts';

/**
 * Finds hair that falls beside the neck, so that it can lie over the clothes: what has the colours of the hair on top
 * and hangs together with it. In [0, 1], one value a pixel of the cut-out; all 0 for short hair.
 */
export function findLocks(cut: CutOut): Float32Array {
  const { width, height, alpha, frame } = cut;
  const hair = hairColour(cut);
  const likely = new Float32Array(width * height);
  for (let i = 0; i < likely.length; i++)
    likely[i] = hairLikeness(cut, i, hair) * (alpha[i] ?? 0) * besideNeck(cut, i);
  const top = Math.round(clamp(frame.eyes[1] - frame.eyesToChin * 0.9, 0, height - 1)) * width;
  const locks = keepConnected(likely, width, top + Math.round(frame.eyes[0]), 0.3);
  return locks.map((value, i) => value * belowJaw(cut, i));
}

/** Hair has no place before the face and the throat. */
function besideNeck({ width, frame }: CutOut, index: number): number {
  const u = Math.abs((index % width) - frame.eyes[0]) / frame.width;
  const v = (Math.floor(index / width) - frame.eyes[1]) / frame.eyesToChin;
  return v < -0.6 ? 1 : smoothstep(0.3, 0.42, u);
}

/** Only what hangs below the jaw, thinning out where the photo or the chest ends. */
function belowJaw({ width, height, frame }: CutOut, index: number): number {
  const y = Math.floor(index / width);
  const down = (y - frame.eyes[1] - frame.eyesToChin) / frame.width;
  const end = Math.min(1, (height - frame.eyes[1] - frame.eyesToChin) / frame.width);
  const strand = 0.1 * Math.sin((index % width) * 0.35) + 0.06 * Math.sin((index % width) * 0.11);
  return smoothstep(-0.25, 0, down) * smoothstep(end, end - 0.3, down + strand + 0.1);
}
