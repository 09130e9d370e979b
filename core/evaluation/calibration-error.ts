import { type Calibration, confidenceOf } from '../domain/encoder.ts';
import type { ScoredPair } from './scored-pair.ts';

const BINS = 10;

/**
 * Expected calibration error in [0, 1] at equal priors: how far confidence and truth are apart, over 10 equal bins of
 * confidence. Genuine and impostor pairs weigh the same in sum, however many there are of each; pairs without a face
 * have no confidence and are left out.
 */
export function calibrationError(pairs: readonly ScoredPair[], calibration: Calibration): number {
  const scored = pairs.filter(({ cosine }) => cosine !== null);
  const genuine = scored.filter(({ same }) => same).length;
  const weights = { genuine: 0.5 / genuine, impostor: 0.5 / (scored.length - genuine) };
  const gaps = new Float64Array(BINS);
  for (const { cosine, same } of scored) {
    const confidence = confidenceOf(cosine ?? 0, calibration);
    const bin = Math.min(BINS - 1, Math.floor(confidence * BINS));
    const weight = same ? weights.genuine : weights.impostor;
    gaps[bin] = (gaps[bin] ?? 0) + weight * (confidence - (same ? 1 : 0));
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
}
