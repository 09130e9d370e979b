import { at } from './numbers.ts';

/** How far red, green and blue travel under skin, cm (standard deviations; after d'Eon and Luebke, GPU Gems 3). */
const TRAVEL_CM = [0.11, 0.06, 0.045] as const;

/**
 * Blurs the light on skin as it spreads under the surface, one radius per colour.
 *
 * weight: share of scattered light per pixel, 0 outside the skin; scale: pixels per cm.
 */
export function scatter(
  light: Float32Array,
  weight: Float32Array,
  width: number,
  height: number,
  scale: number,
): Float32Array {
  const out = new Float32Array(light.length);
  for (let channel = 0; channel < 3; channel++) {
    const kernel = gaussian((TRAVEL_CM[channel] ?? 0) * scale);
    const values = new Float32Array(weight.length);
    for (let i = 0; i < weight.length; i++) values[i] = at(light, i * 3 + channel) * at(weight, i);
    const sums = blurred(blurred(values, kernel, width, height, 1), kernel, width, height, width);
    const shares = blurred(blurred(weight, kernel, width, height, 1), kernel, width, height, width);
    for (let i = 0; i < weight.length; i++) {
      const own = at(light, i * 3 + channel);
      const share = at(shares, i);
      out[i * 3 + channel] = share > 1e-4 ? own + (at(sums, i) / share - own) * at(weight, i) : own;
    }
  }
  return out;
}

function gaussian(sigma: number): Float32Array {
  const reach = Math.max(1, Math.ceil(sigma * 2.5));
  const kernel = Float32Array.from({ length: reach * 2 + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, k) => sum + k, 0);
  return kernel.map((k) => k / total);
}

/** One pass of a blur; stride 1 runs along rows, stride `width` along columns. */
function blurred(
  values: Float32Array,
  kernel: Float32Array,
  width: number,
  height: number,
  stride: number,
): Float32Array {
  const out = new Float32Array(values.length);
  const reach = (kernel.length - 1) / 2;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const along = stride === 1 ? x : y;
      const end = stride === 1 ? width : height;
      let sum = 0;
      for (let k = Math.max(-reach, -along); k <= reach && along + k < end; k++) {
        sum += at(kernel, k + reach) * at(values, y * width + x + k * stride);
      }
      out[y * width + x] = sum;
    }
  }
  return out;
}
