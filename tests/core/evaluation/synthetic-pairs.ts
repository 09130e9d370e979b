import type { ScoredPair } from '#core/evaluation/scored-pair.ts';

/** Inverse of the standard normal distribution (Acklam's rational approximation, error < 1.2e-9). */
function normalQuantile(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ];
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  ];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const polynomial = (terms: number[], x: number) => terms.reduce((sum, term) => sum * x + term, 0);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p));
    return polynomial(c, q) / polynomial([...d, 1], q);
  }
  const r = (p - 0.5) ** 2;
  return ((p - 0.5) * polynomial(a, r)) / polynomial([...b, 1], r);
}

/** `n` pairs whose cosines are exactly the quantiles of a normal distribution: no randomness, known answers. */
export function normalPairs(same: boolean, n: number, mean: number, sd: number): ScoredPair[] {
  return Array.from({ length: n }, (_, i) => ({ same, cosine: mean + sd * normalQuantile((i + 0.5) / n) }));
}
