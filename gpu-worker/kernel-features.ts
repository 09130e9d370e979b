/** Seed of the sign flips. Another one gives other vectors: change the encoder's version with it. */
const SEED = 0x1d10c;
const ROUNDS = 3;

/**
 * Maps descriptors that are meant to be compared by distance to unit vectors that are compared by cosine:
 * cos(map(x), map(y)) is about exp(-gamma |x - y|^2), so strangers land near 0 whoever they are.
 *
 * dim: length of a descriptor, a power of two; the result has 2 * dim * blocks numbers and length 1. More blocks come
 * closer to the exponential: the error has a standard deviation under 1 / sqrt(2 * dim * blocks).
 * @throws {RangeError} when `dim` is no power of two.
 * Source: A. Rahimi, B. Recht, Random features for large-scale kernel machines, NIPS 2007; the structured frequencies
 * (H D1 H D2 H D3) are from F. Yu et al., Orthogonal random features, NIPS 2016.
 */
export function kernelFeatures(
  dim: number,
  { gamma, blocks }: { readonly gamma: number; readonly blocks: number },
): (descriptor: Float32Array) => Float32Array {
  if (!Number.isInteger(Math.log2(dim))) throw new RangeError(`Cannot map ${dim} numbers: no power of two`);
  const flips = signs(blocks * ROUNDS * dim);
  const frequency = Math.sqrt(2 * gamma * dim);
  const size = 1 / Math.sqrt(dim * blocks);

  return (descriptor) => {
    const features = new Float32Array(2 * dim * blocks);
    for (let block = 0; block < blocks; block++) {
      const turned = Float64Array.from(descriptor);
      for (let round = 0; round < ROUNDS; round++) {
        const start = (block * ROUNDS + round) * dim;
        for (let i = 0; i < dim; i++) turned[i] = (turned[i] ?? 0) * (flips[start + i] ?? 1);
        hadamard(turned);
      }
      turned.forEach((value, i) => {
        features[2 * (block * dim + i)] = Math.cos(value * frequency) * size;
        features[2 * (block * dim + i) + 1] = Math.sin(value * frequency) * size;
      });
    }
    return features;
  };
}

/** The Walsh-Hadamard transform in place, scaled to keep lengths. */
function hadamard(values: Float64Array): void {
  const scale = Math.SQRT1_2;
  for (let half = 1; half < values.length; half *= 2)
    for (let start = 0; start < values.length; start += 2 * half)
      for (let i = start; i < start + half; i++) {
        const [a = 0, b = 0] = [values[i], values[i + half]];
        values[i] = (a + b) * scale;
        values[i + half] = (a - b) * scale;
      }
}

/** +1 and -1 from a 32-bit xorshift (G. Marsaglia, 2003): the same on every machine. */
function signs(count: number): Int8Array {
  let state = SEED;
  return Int8Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 0x10000 ? 1 : -1;
  });
}
