import { rankedScores, type ScoredPair } from './scored-pair.ts';

/** Area under the ROC curve in [0, 1]: the chance that a genuine pair scores over an impostor pair, a tie counting half. */
export function areaUnderCurve(pairs: readonly ScoredPair[]): number {
  const genuine = rankedScores(pairs, true);
  const impostor = rankedScores(pairs, false);
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
