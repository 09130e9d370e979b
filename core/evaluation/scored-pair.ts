/** Two photos and how alike their faces are; `cosine` is null where a face was not found. */
export interface ScoredPair {
  readonly cosine: number | null;
  readonly same: boolean;
}

/** The cosines of one class of pairs, those without a face left out. */
export function cosinesOf(pairs: readonly ScoredPair[], same: boolean): number[] {
  return pairs.flatMap((pair) => (pair.same === same && pair.cosine !== null ? [pair.cosine] : []));
}

/** What a pair is ranked by: one without a face was not accepted, so it lies under every cosine. */
export function scoreOf({ cosine }: ScoredPair): number {
  return cosine ?? Number.NEGATIVE_INFINITY;
}

/** The scores of one class of pairs, highest first. */
export function rankedScores(pairs: readonly ScoredPair[], same: boolean): number[] {
  return pairs
    .filter((pair) => pair.same === same)
    .map(scoreOf)
    .sort((a, b) => b - a);
}
