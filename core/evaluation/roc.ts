import type { ScoredPair } from './scored-pair.ts';

/** A pair without a face is one that the system did not accept: it ranks under every cosine. */
const scoreOf = ({ cosine }: ScoredPair) => cosine ?? Number.NEGATIVE_INFINITY;

function scores(pairs: readonly ScoredPair[], same: boolean): number[] {
  return pairs
    .filter((pair) => pair.same === same)
    .map(scoreOf)
    .sort((a, b) => b - a);
}

/** Area under the ROC curve in [0, 1]: the chance that a genuine pair scores over an impostor pair, a tie counting half. */
export function areaUnderCurve(pairs: readonly ScoredPair[]): number {
  const genuine = scores(pairs, true);
  const impostor = scores(pairs, false);
  let wins = 0;
  let below = impostor.length;
  let notAbove = impostor.length;
  // Genuine from low to high, impostors walked along: O(n log n) with the sort.
  for (const score of genuine.toReversed()) {
    while (below > 0 && (impostor[below - 1] ?? 0) < score) below--;
    while (notAbove > 0 && (impostor[notAbove - 1] ?? 0) <= score) notAbove--;
    wins += impostor.length - (below + notAbove) / 2;
  }
  return wins / (genuine.length * impostor.length);
}

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

/**
 * The lowest threshold (accept at or over it) that accepts at most `rate` of the impostor pairs, and the share of genuine
 * pairs it accepts.
 *
 * Conservative: nothing is interpolated, and with fewer than 1/rate impostor pairs none may be accepted.
 */
export function operatingPoint(
  pairs: readonly ScoredPair[],
  rate: number,
): { threshold: number; trueAcceptRate: number } {
  const impostor = scores(pairs, false);
  const genuine = scores(pairs, true);
  const refused = impostor[Math.floor(rate * impostor.length + 1e-9)] ?? -1;
  const threshold = Math.max(-1, refused + 1e-6);
  const accepted = genuine.filter((score) => score >= threshold).length;
  return { threshold, trueAcceptRate: accepted / genuine.length };
}
