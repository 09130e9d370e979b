/** Two photos and how alike their faces are; `cosine` is null where a face was not found. */
export interface ScoredPair {
  readonly cosine: number | null;
  readonly same: boolean;
}

/** The cosines of one class of pairs, those without a face left out. */
export function cosinesOf(pairs: readonly ScoredPair[], same: boolean): number[] {
  return pairs.flatMap((pair) => (pair.same === same && pair.cosine !== null ? [pair.cosine] : []));
}
