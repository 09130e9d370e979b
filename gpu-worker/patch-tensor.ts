import type { Patch } from './warp-patch.ts';

export interface PatchPreprocessing {
  readonly colour: 'rgb' | 'bgr';
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}

/**
 * Lays patches of one size out as a batch.
 *
 * Returns Float32Array[patches * 3 * size * size]: per patch a plane for each colour in `colour` order, (0-255 - mean) / std.
 */
export function patchTensor(
  patches: readonly Patch[],
  { colour, mean, std }: PatchPreprocessing,
): Float32Array {
  const plane = (patches[0]?.sizePx ?? 0) ** 2;
  const data = new Float32Array(patches.length * 3 * plane);
  patches.forEach(({ rgb }, patch) => {
    for (let channel = 0; channel < 3; channel++) {
      const source = colour === 'rgb' ? channel : 2 - channel;
      const start = (patch * 3 + channel) * plane;
      const [shift = 0, spread = 1] = [mean[channel], std[channel]];
      for (let i = 0; i < plane; i++) data[start + i] = ((rgb[i * 3 + source] as number) - shift) / spread;
    }
  });
  return data;
}
