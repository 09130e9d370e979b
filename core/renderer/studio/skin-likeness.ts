import type { Rgb } from './colour.ts';
import type { CutOut } from './cut-out.ts';
import { smoothstep } from './noise.ts';

/**
 * How much the hue of the pixel at `index` (y * width + x) is that of the face, in [0, 1]; shadows on a neck keep it,
 * cloth seldom does.
 */
export function skinLikeness({ rgb }: Pick<CutOut, 'rgb'>, index: number, skin: Rgb): number {
  const i = index * 3;
  const sum = (rgb[i] ?? 0) + (rgb[i + 1] ?? 0) + (rgb[i + 2] ?? 0) + 0.001;
  const skinSum = skin[0] + skin[1] + skin[2] + 0.001;
  const red = (rgb[i] ?? 0) / sum - skin[0] / skinSum;
  const blue = (rgb[i + 2] ?? 0) / sum - skin[2] / skinSum;
  return smoothstep(0.12, 0.07, Math.hypot(red, blue));
}
