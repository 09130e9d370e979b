import { rankedScores, type ScoredPair } from './scored-pair.ts';

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
  const impostor = rankedScores(pairs, false);
  const genuine = rankedScores(pairs, true);
  const refused = impostor[Math.floor(rate * impostor.length + 1e-9)] ?? -1;
  const threshold = Math.max(-1, refused + 1e-6);
  const accepted = genuine.filter((score) => score >= threshold).length;
  return { threshold, trueAcceptRate: accepted / genuine.length };
}
