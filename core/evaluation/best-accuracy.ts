import { type ScoredPair, scoreOf } from './scored-pair.ts';

/** The share of right answers at the best threshold (accept at or over it), and that threshold: the middle of its gap. */
export function bestAccuracy(pairs: readonly ScoredPair[]): { accuracy: number; threshold: number } {
  const sorted = pairs.toSorted((a, b) => scoreOf(b) - scoreOf(a));
  let right = sorted.filter(({ same }) => !same).length;
  let best = { right, threshold: Math.min(1, (sorted[0]?.cosine ?? 1) + 1e-6) };
  for (const [i, pair] of sorted.entries()) {
    right += pair.same ? 1 : -1;
    const next = sorted[i + 1]?.cosine ?? -1;
    if (pair.cosine === null || pair.cosine === next) continue;
    if (right > best.right) best = { right, threshold: (pair.cosine + next) / 2 };
  }
  return { accuracy: best.right / sorted.length, threshold: best.threshold };
}
