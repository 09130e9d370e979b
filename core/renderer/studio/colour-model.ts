/** Log likelihood of pixel `index` of an interleaved RGB picture. */
export type ColourModel = (rgb: Float32Array, index: number) => number;

interface Cluster {
  readonly mean: [number, number, number];
  variance: number;
  weight: number;
}

const CLUSTERS = 5;
const ROUNDS = 6;
/** Camera noise and JPEG: no cluster is tighter than this. */
const MIN_VARIANCE = 0.0006;

/**
 * Learns which colours the chosen pixels have, as round clusters found by k-means.
 * Returns undefined when fewer than 24 pixels are chosen: too few to learn from.
 */
export function colourModel(
  rgb: Float32Array,
  isChosen: (index: number) => boolean,
): ColourModel | undefined {
  const chosen: number[] = [];
  for (let i = 0; i < rgb.length / 3; i++) if (isChosen(i)) chosen.push(i);
  if (chosen.length < 24) return undefined;
  const clusters = startingClusters(rgb, chosen);
  for (let round = 0; round < ROUNDS; round++) settle(clusters, rgb, chosen);
  return (picture, index) => {
    let likelihood = 1e-6;
    for (const { mean, variance, weight } of clusters) {
      const distance = squaredDistance(picture, index, mean);
      likelihood += (weight * Math.exp(-distance / (2 * variance))) / variance ** 1.5;
    }
    return Math.log(likelihood);
  };
}

/** Pixels spread over the brightness range. */
function startingClusters(rgb: Float32Array, chosen: readonly number[]): Cluster[] {
  const byLight = [...chosen].sort((a, b) => (rgb[a * 3 + 1] ?? 0) - (rgb[b * 3 + 1] ?? 0));
  return Array.from({ length: CLUSTERS }, (_, k) => {
    const i = (byLight[Math.floor(((k + 0.5) / CLUSTERS) * byLight.length)] ?? 0) * 3;
    return { mean: [rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0], variance: 0.01, weight: 1 / CLUSTERS };
  });
}

function settle(clusters: Cluster[], rgb: Float32Array, chosen: readonly number[]): void {
  const sums = clusters.map(() => ({ r: 0, g: 0, b: 0, spread: 0, count: 0 }));
  for (const i of chosen) {
    const { k, distance } = nearest(clusters, rgb, i);
    const sum = sums[k];
    if (!sum) continue;
    sum.r += rgb[i * 3] ?? 0;
    sum.g += rgb[i * 3 + 1] ?? 0;
    sum.b += rgb[i * 3 + 2] ?? 0;
    sum.spread += distance;
    sum.count++;
  }
  clusters.forEach((cluster, k) => {
    const sum = sums[k];
    if (!sum || sum.count === 0) {
      cluster.weight = 0;
      return;
    }
    cluster.mean[0] = sum.r / sum.count;
    cluster.mean[1] = sum.g / sum.count;
    cluster.mean[2] = sum.b / sum.count;
    cluster.variance = Math.max(MIN_VARIANCE, sum.spread / sum.count / 3);
    cluster.weight = sum.count / chosen.length;
  });
}

function nearest(
  clusters: readonly Cluster[],
  rgb: Float32Array,
  index: number,
): { k: number; distance: number } {
  let best = { k: 0, distance: Number.POSITIVE_INFINITY };
  clusters.forEach(({ mean }, k) => {
    const distance = squaredDistance(rgb, index, mean);
    if (distance < best.distance) best = { k, distance };
  });
  return best;
}

function squaredDistance(rgb: Float32Array, index: number, mean: readonly [number, number, number]): number {
  const i = index * 3;
  return (
    ((rgb[i] ?? 0) - mean[0]) ** 2 + ((rgb[i + 1] ?? 0) - mean[1]) ** 2 + ((rgb[i + 2] ?? 0) - mean[2]) ** 2
  );
}
