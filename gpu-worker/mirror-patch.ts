import type { Patch } from './warp-patch.ts';

/** The patch with left and right exchanged. */
export function mirrorPatch({ sizePx, rgb }: Patch): Patch {
  const mirrored = new Float32Array(rgb.length);
  for (let y = 0, from = 0; y < sizePx; y++)
    for (let x = 0; x < sizePx; x++, from += 3) {
      const to = (y * sizePx + sizePx - 1 - x) * 3;
      mirrored[to] = rgb[from] ?? 0;
      mirrored[to + 1] = rgb[from + 1] ?? 0;
      mirrored[to + 2] = rgb[from + 2] ?? 0;
    }
  return { sizePx, rgb: mirrored };
}
