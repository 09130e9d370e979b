import type { Calibration } from '../domain/encoder.ts';
import { InvalidRequestError } from '../errors.ts';
import { areaUnderCurve } from './area-under-curve.ts';
import { bestAccuracy } from './best-accuracy.ts';
import { calibrationError } from './calibration-error.ts';
import { operatingPoint } from './operating-point.ts';
import { cosinesOf, type ScoredPair } from './scored-pair.ts';

/** False match rates at which thresholds and true accept rates are told. */
export const FALSE_MATCH_RATES = ['0.1', '0.01', '0.001'] as const;

interface Distribution {
  readonly mean: number;
  readonly sd: number;
  /** Mean of the absolute cosines: how far from 0 strangers score. */
  readonly mean_abs: number;
  readonly n: number;
}

/** Names as `idlock evaluate --json` prints them. */
export interface VerificationMetrics {
  readonly auc: number;
  readonly accuracy: number;
  /** Cosine at which `accuracy` is reached. */
  readonly threshold: number;
  /** True accept rate by false match rate. */
  readonly tar: Readonly<Record<(typeof FALSE_MATCH_RATES)[number], number>>;
  readonly genuine: Distribution;
  readonly impostor: Distribution;
  /** Expected calibration error at equal priors; null without a calibration. */
  readonly calibration_error: number | null;
}

/**
 * Measures how well cosines tell same from different people. A pair without a face counts as not accepted in `auc`,
 * `accuracy` and `tar`; means and the calibration error are over the others.
 *
 * @throws {InvalidRequestError} without two scored pairs of each class.
 */
export function verificationMetrics(
  pairs: readonly ScoredPair[],
  calibration?: Calibration,
): VerificationMetrics {
  const genuine = cosinesOf(pairs, true);
  const impostor = cosinesOf(pairs, false);
  if (genuine.length < 2 || impostor.length < 2)
    throw new InvalidRequestError(
      `Cannot measure with ${genuine.length} same-person and ${impostor.length} different-person pairs that have faces: give at least 2 of each.`,
    );
  const [high, middle, low] = FALSE_MATCH_RATES;
  const tarAt = (rate: string) => operatingPoint(pairs, Number(rate)).trueAcceptRate;
  return {
    auc: areaUnderCurve(pairs),
    ...bestAccuracy(pairs),
    tar: { [high]: tarAt(high), [middle]: tarAt(middle), [low]: tarAt(low) },
    genuine: describe(genuine),
    impostor: describe(impostor),
    calibration_error: calibration ? calibrationError(pairs, calibration) : null,
  };
}

function describe(values: readonly number[]): Distribution {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const meanAbs = values.reduce((sum, value) => sum + Math.abs(value), 0) / n;
  return { mean, sd: Math.sqrt(variance), mean_abs: meanAbs, n };
}
