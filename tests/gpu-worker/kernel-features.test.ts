import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cosineSimilarity } from '#core/domain/face.ts';
import { kernelFeatures } from '#gpu-worker/kernel-features.ts';

const DIM = 128;
const GAMMA = 6;

/** A descriptor of about the length that face-api's have (1.45), different for each seed. */
function descriptor(seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: DIM }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (state / 2147483648 - 0.5) * 0.44;
  });
}

function blend(a: Float32Array, b: Float32Array, share: number): Float32Array {
  return a.map((value, i) => value + share * ((b[i] ?? 0) - value));
}

test('kernelFeatures() gives unit vectors whose cosine falls with distance as asked', () => {
  const map = kernelFeatures(DIM, { gamma: GAMMA, blocks: 8 });
  const from = descriptor(1);
  for (const share of [0, 0.05, 0.1, 0.2, 0.3, 0.5]) {
    const to = blend(from, descriptor(2), share);
    const square = from.reduce((sum, value, i) => sum + (value - (to[i] ?? 0)) ** 2, 0);
    const cosine = cosineSimilarity(map(from), map(to));
    const expected = Math.exp(-GAMMA * square);
    assert.ok(Math.abs(cosine - expected) < 0.06, `${cosine} at distance^2 ${square}, expected ${expected}`);
  }
});

test('kernelFeatures() keeps strangers near 0 however many blocks', () => {
  for (const blocks of [1, 2, 4]) {
    const map = kernelFeatures(DIM, { gamma: GAMMA, blocks });
    const vectors = Array.from({ length: 20 }, (_, i) => map(descriptor(i + 1)));
    assert.equal(vectors[0]?.length, 2 * DIM * blocks);
    const cosines = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => cosineSimilarity(a, b)));
    const mean = cosines.reduce((sum, value) => sum + Math.abs(value), 0) / cosines.length;
    assert.ok(mean < 1 / Math.sqrt(DIM * blocks), `${blocks} blocks: ${mean}`);
  }
});

test('kernelFeatures() never changes its vectors: stored ones would become strangers', () => {
  const features = kernelFeatures(4, { gamma: 1, blocks: 1 })(Float32Array.of(0.1, -0.2, 0.3, 0.4));
  assert.deepEqual(
    [...features].map((value) => value.toFixed(4)),
    ['0.3305', '0.3752', '0.4801', '-0.1395', '0.2127', '-0.4525', '0.4221', '-0.2680'],
  );
});

test('kernelFeatures() refuses a length that its transform cannot turn', () => {
  assert.throws(() => kernelFeatures(100, { gamma: 1, blocks: 1 }), RangeError);
});
