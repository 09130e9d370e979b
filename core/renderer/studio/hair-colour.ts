import type { CutOut } from './cut-out.ts';
import { smoothstep } from './noise.ts';

type Photo = Omit<CutOut, 'hasOutline'>;

/** Shares of red and blue, and the sum of the channels. */
export interface HairColour {
  readonly red: number;
  readonly blue: number;
  readonly light: number;
}

/** Mean hue and lightness of the hair above the brow; a colour that nothing has where none is seen. */
export function hairColour({ rgb, width, alpha, frame }: Photo): HairColour {
  let [red, blue, light, count] = [0, 0, 0, 0];
  for (let v = -1.02; v < -0.78; v += 0.03)
    for (let u = -0.3; u <= 0.3; u += 0.03) {
      const x = Math.round(frame.eyes[0] + u * frame.width);
      const y = Math.round(frame.eyes[1] + v * frame.eyesToChin);
      const i = y * width + x;
      if (y < 0 || (alpha[i] ?? 0) < 0.9) continue;
      const sum = sumOf(rgb, i);
      red += (rgb[i * 3] ?? 0) / sum;
      blue += (rgb[i * 3 + 2] ?? 0) / sum;
      light += sum;
      count++;
    }
  return count === 0
    ? { red: 2, blue: 2, light: 0 }
    : { red: red / count, blue: blue / count, light: light / count };
}

/** How much the pixel at `index` (y * width + x) looks like that hair, in [0, 1]. */
export function hairLikeness({ rgb }: Photo, index: number, hair: HairColour): number {
  const light = sumOf(rgb, index);
  const red = (rgb[index * 3] ?? 0) / light - hair.red;
  const blue = (rgb[index * 3 + 2] ?? 0) / light - hair.blue;
  return smoothstep(0.1, 0.05, Math.hypot(red, blue)) * smoothstep(0.75, 0.45, Math.abs(light - hair.light));
}

function sumOf(rgb: Float32Array, index: number): number {
  return (rgb[index * 3] ?? 0) + (rgb[index * 3 + 1] ?? 0) + (rgb[index * 3 + 2] ?? 0) + 0.06;
}
