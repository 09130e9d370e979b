/** A square of smooth noise in [0, 1] that repeats seamlessly; `size` is a power of two. */
export interface NoiseTile {
  readonly size: number;
  readonly values: Float32Array;
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32, public domain, Tommy Ettinger). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A 32-bit seed of any text (FNV-1a). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Sums `octaves` of value noise from 4 cells a side upwards, each half as strong as the one before. */
export function noiseTile(seed: number, size = 256, octaves = 6): NoiseTile {
  const values = new Float32Array(size * size);
  let total = 0;
  for (let octave = 0, cells = 4, weight = 1; octave < octaves && cells <= size; octave++) {
    addOctave(values, size, cells, weight, seededRandom(seed + octave * 7919));
    total += weight;
    cells *= 2;
    weight *= 0.5;
  }
  return { size, values: values.map((value) => value / total) };
}

function addOctave(
  values: Float32Array,
  size: number,
  cells: number,
  weight: number,
  random: () => number,
): void {
  const lattice = Float32Array.from({ length: cells * cells }, random);
  const step = cells / size;
  for (let y = 0; y < size; y++) {
    const gy = y * step;
    const y0 = Math.floor(gy);
    const fy = smooth(gy - y0);
    const row0 = (y0 % cells) * cells;
    const row1 = ((y0 + 1) % cells) * cells;
    for (let x = 0; x < size; x++) {
      const gx = x * step;
      const x0 = Math.floor(gx) % cells;
      const x1 = (x0 + 1) % cells;
      const fx = smooth(gx - Math.floor(gx));
      const top = mix(lattice[row0 + x0] ?? 0, lattice[row0 + x1] ?? 0, fx);
      const bottom = mix(lattice[row1 + x0] ?? 0, lattice[row1 + x1] ?? 0, fx);
      values[y * size + x] = (values[y * size + x] ?? 0) + mix(top, bottom, fy) * weight;
    }
  }
}

/** The tile at (x, y), where 1 is its whole side; wraps around, bilinear. */
export function sampleNoise({ size, values }: NoiseTile, x: number, y: number): number {
  const px = x * size;
  const py = y * size;
  const fx = px - Math.floor(px);
  const fy = py - Math.floor(py);
  const mask = size - 1;
  const x0 = Math.floor(px) & mask;
  const y0 = Math.floor(py) & mask;
  const x1 = (x0 + 1) & mask;
  const row0 = y0 * size;
  const row1 = ((y0 + 1) & mask) * size;
  const top = mix(values[row0 + x0] ?? 0, values[row0 + x1] ?? 0, fx);
  const bottom = mix(values[row1 + x0] ?? 0, values[row1 + x1] ?? 0, fx);
  return mix(top, bottom, fy);
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

export function clamp(value: number, low = 0, high = 1): number {
  return value < low ? low : Math.min(value, high);
}

/** 0 below `from`, 1 above `to`, smooth between; `from` may be the larger one. */
export function smoothstep(from: number, to: number, value: number): number {
  return smooth(clamp((value - from) / (to - from)));
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
