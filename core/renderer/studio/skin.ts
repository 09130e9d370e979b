import { luma, type Rgb } from './colour.ts';
import type { CutOut } from './cut-out.ts';

/** Points a side of the grid that is sampled over the face. */
const GRID = 15;

/** The face's own tone: the mean of its middle values from the cheekbones to the jaw, without lights, lips and shadows. */
export function skinOf({ rgb, width, frame }: Pick<CutOut, 'rgb' | 'width' | 'frame'>): Rgb {
  const seen: Rgb[] = [];
  for (let row = 0; row < GRID; row++)
    for (let column = 0; column < GRID; column++) {
      const x = Math.round(frame.eyes[0] + (column / (GRID - 1) - 0.5) * 0.64 * frame.width);
      const y = Math.round(frame.eyes[1] + (0.18 + (row / (GRID - 1)) * 0.62) * frame.eyesToChin);
      const i = (y * width + x) * 3;
      const [r, g, b] = [rgb[i], rgb[i + 1], rgb[i + 2]];
      if (r !== undefined && g !== undefined && b !== undefined) seen.push([r, g, b]);
    }
  seen.sort((a, b) => luma(...a) - luma(...b));
  const middle = seen.slice(Math.floor(seen.length * 0.35), Math.ceil(seen.length * 0.75));
  const mean = (channel: 0 | 1 | 2) =>
    middle.reduce((sum, colour) => sum + colour[channel], 0) / middle.length;
  return [mean(0), mean(1), mean(2)];
}
