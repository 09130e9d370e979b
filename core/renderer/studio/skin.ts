import type { Rgb } from './colour.ts';
import type { CutOut } from './cut-out.ts';

/** Mean colour of both cheeks. */
export function skinOf({ rgb, width, frame }: CutOut): Rgb {
  const sum = [0, 0, 0] as [number, number, number];
  let count = 0;
  for (const u of [-0.22, 0.22])
    for (let dy = -3; dy <= 3; dy++)
      for (let dx = -3; dx <= 3; dx++) {
        const x = Math.round(frame.eyes[0] + u * frame.width + dx);
        const y = Math.round(frame.eyes[1] + frame.eyesToChin * 0.42 + dy);
        const i = (y * width + x) * 3;
        if (rgb[i] === undefined) continue;
        sum[0] += rgb[i] ?? 0;
        sum[1] += rgb[i + 1] ?? 0;
        sum[2] += rgb[i + 2] ?? 0;
        count++;
      }
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}
