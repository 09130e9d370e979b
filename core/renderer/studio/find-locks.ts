import type { CutOut } from './cut-out.ts';
import { keepConnected } from './keep-connected.ts';
import { clamp, smoothstep } from './noise.ts';

/**
 * Finds hair that falls beside the neck, so that it can lie over the clothes: what has the colours of the hair on top
 * and hangs together with it. In [0, 1], one value a pixel of the cut-out; all 0 for short hair.
 */
export function findLocks(cut: CutOut): Float32Array {
  const { width, height, rgb, alpha, frame } = cut;
  const hair = hairColour(cut);
  const likely = new Float32Array(width * height);
  for (let i = 0; i < likely.length; i++) {
    const light = (rgb[i * 3] ?? 0) + (rgb[i * 3 + 1] ?? 0) + (rgb[i * 3 + 2] ?? 0) + 0.06;
    const red = (rgb[i * 3] ?? 0) / light - hair.red;
    const blue = (rgb[i * 3 + 2] ?? 0) / light - hair.blue;
    const hue = smoothstep(0.1, 0.05, Math.hypot(red, blue));
    const tone = smoothstep(0.75, 0.45, Math.abs(light - hair.light));
    likely[i] = hue * tone * (alpha[i] ?? 0) * besideNeck(cut, i);
  }
  const top = Math.round(clamp(frame.eyes[1] - frame.eyesToChin * 0.9, 0, height - 1)) * width;
  const locks = keepConnected(likely, width, top + Math.round(frame.eyes[0]), 0.3);
  return locks.map((value, i) => value * belowJaw(cut, i));
}

/** Mean hue and lightness of the hair above the brow. */
function hairColour({ rgb, width, alpha, frame }: CutOut): { red: number; blue: number; light: number } {
  let [red, blue, light, count] = [0, 0, 0, 0];
  for (let v = -1.02; v < -0.78; v += 0.03)
    for (let u = -0.3; u <= 0.3; u += 0.03) {
      const x = Math.round(frame.eyes[0] + u * frame.width);
      const y = Math.round(frame.eyes[1] + v * frame.eyesToChin);
      const i = y * width + x;
      if (y < 0 || (alpha[i] ?? 0) < 0.9) continue;
      const sum = (rgb[i * 3] ?? 0) + (rgb[i * 3 + 1] ?? 0) + (rgb[i * 3 + 2] ?? 0) + 0.06;
      red += (rgb[i * 3] ?? 0) / sum;
      blue += (rgb[i * 3 + 2] ?? 0) / sum;
      light += sum;
      count++;
    }
  return count === 0
    ? { red: 2, blue: 2, light: 0 }
    : { red: red / count, blue: blue / count, light: light / count };
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
