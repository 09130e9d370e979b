import type { FloatTensor } from './open-session.ts';

/**
 * Mean and standard deviation of each feature map over the picture: what is there, wherever it is.
 *
 * maps: [1, channels, height, width].
 * Returns Float32Array[2 * channels]: all means, then all deviations.
 */
export function mapStatistics({ data, shape }: FloatTensor): Float32Array {
  const [, channels = 0, height = 0, width = 0] = shape;
  const size = height * width;
  const statistics = new Float32Array(2 * channels);
  for (let channel = 0; channel < channels; channel++) {
    const map = data.subarray(channel * size, (channel + 1) * size);
    const mean = map.reduce((sum, value) => sum + value, 0) / size;
    const variance = map.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size;
    statistics[channel] = mean;
    statistics[channels + channel] = Math.sqrt(variance);
  }
  return statistics;
}
