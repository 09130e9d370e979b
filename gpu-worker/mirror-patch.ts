import type { Patch } from './warp-patch.ts';

/** The patch with left and right exchanged. */
export function mirrorPatch({ sizePx, rgb }: Patch): Patch {
  const mirrored = new Float32Array(rgb.length);
  for (let y = 0; y < sizePx; y++)
    for (let x = 0; x < sizePx; x++) {
      const from = (y * sizePx + x) * 3;
      mirrored.set(rgb.subarray(from, from + 3), (y * sizePx + sizePx - 1 - x) * 3);
    }
  return { sizePx, rgb: mirrored };
}
