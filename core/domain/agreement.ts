import { cosineSimilarity } from './face.ts';

export interface Agreement {
  /** Mean and standard deviation of all pairwise cosines. */
  readonly mean: number;
  readonly sd: number;
  /** Index of the one vector that agrees with none of the others, while the others agree; null when there is none. */
  readonly outlier: number | null;
}

/**
 * Pairwise agreement of the photos of one character; null for fewer than two.
 *
 * threshold: cosine under which two photos are taken for different people (the encoder's false match rate of 1 %).
 * With two photos that disagree nobody can say which is wrong: both are named by returning the second.
 */
export function agreementOf(vectors: readonly Float32Array[], threshold: number): Agreement | null {
  if (vectors.length < 2) return null;
  const cosines = vectors.map((a, i) => vectors.flatMap((b, j) => (i === j ? [] : [cosineSimilarity(a, b)])));
  const all = cosines.flat();
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const sd = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
  const means = cosines.map((row) => row.reduce((sum, value) => sum + value, 0) / row.length);
  const worst = vectors.length === 2 ? 1 : means.indexOf(Math.min(...means));
  const isAlone = Math.max(...(cosines[worst] ?? [])) < threshold;
  return { mean, sd, outlier: isAlone ? worst : null };
}
