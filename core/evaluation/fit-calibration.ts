import type { Calibration } from '../domain/encoder.ts';
import { InvalidRequestError } from '../errors.ts';
import { operatingPoint } from './operating-point.ts';
import { cosinesOf, type ScoredPair } from './scored-pair.ts';
import { FALSE_MATCH_RATES } from './verification-metrics.ts';

/** Confidence from which a cosine is `moderate` and `strong`; under .8 a scene is drawn again by default. */
const BAND_CONFIDENCE = { moderate: 0.8, strong: 0.95 };
const MIN_PAIRS = 20;

/**
 * Fits what a cosine means, from pairs of known truth.
 *
 * Confidence is Platt's sigmoid at equal priors: genuine and impostor pairs weigh the same in sum, and targets are
 * smoothed to (n + 1) / (n + 2) and 1 / (n + 2), which keeps the slope finite when the classes do not overlap.
 * `moderate` starts where confidence is .8 and the false match rate at most 1e-2, `strong` where confidence is .95 and the
 * false match rate at most 1e-3.
 *
 * @throws {InvalidRequestError} without 20 scored pairs of each class, or when cosines do not rise with sameness.
 * Source: Platt 1999, "Probabilistic outputs for support vector machines"; Lin, Lin, Weng 2007 for the targets.
 */
export function fitCalibration(pairs: readonly ScoredPair[], source: string): Calibration {
  const genuine = cosinesOf(pairs, true);
  const impostor = cosinesOf(pairs, false);
  if (genuine.length < MIN_PAIRS || impostor.length < MIN_PAIRS)
    throw new InvalidRequestError(
      `Cannot calibrate on ${genuine.length} same-person and ${impostor.length} different-person pairs: give at least ${MIN_PAIRS} of each.`,
    );
  const { slope, intercept } = fitSigmoid(genuine, impostor);
  if (slope <= 0)
    throw new InvalidRequestError(
      'Cannot calibrate: different people score higher than the same person. Check the "same" column of the pairs.',
    );
  const cosineAt = (confidence: number) => (Math.log(confidence / (1 - confidence)) - intercept) / slope;
  const thresholdAt = (rate: string) => operatingPoint(pairs, Number(rate)).threshold;
  const moderate = clamp(Math.max(cosineAt(BAND_CONFIDENCE.moderate), thresholdAt('0.01')));
  const strong = clamp(Math.max(cosineAt(BAND_CONFIDENCE.strong), thresholdAt('0.001')));
  const thresholds = Object.fromEntries(FALSE_MATCH_RATES.map((rate) => [rate, round(thresholdAt(rate))]));
  return {
    slope: round(slope),
    intercept: round(intercept),
    moderate: round(moderate),
    strong: round(strong),
    thresholds,
    source,
  };
}

/** Newton's method with step halving on the class-balanced log-loss of two parameters; it is convex. */
function fitSigmoid(genuine: readonly number[], impostor: readonly number[]): Sigmoid {
  const points = [...weighted(genuine, 'genuine'), ...weighted(impostor, 'impostor')];
  let at: Sigmoid = { slope: 0, intercept: 0 };
  let loss = logLoss(points, at);
  for (let iteration = 0; iteration < 100; iteration++) {
    const step = newtonStep(points, at);
    let size = 1;
    let next = moved(at, step, size);
    while (logLoss(points, next) > loss && size > 1e-9) {
      size /= 2;
      next = moved(at, step, size);
    }
    const gain = loss - logLoss(points, next);
    if (gain < 1e-12) break;
    at = next;
    loss -= gain;
  }
  return at;
}

interface Sigmoid {
  readonly slope: number;
  readonly intercept: number;
}

interface Point {
  readonly cosine: number;
  readonly target: number;
  readonly weight: number;
}

function weighted(cosines: readonly number[], kind: 'genuine' | 'impostor'): Point[] {
  const n = cosines.length;
  const target = kind === 'genuine' ? (n + 1) / (n + 2) : 1 / (n + 2);
  return cosines.map((cosine) => ({ cosine, target, weight: 0.5 / n }));
}

/** Cross entropy of the smoothed targets; log(1 + e^z) is written so that it does not overflow. */
function logLoss(points: readonly Point[], { slope, intercept }: Sigmoid): number {
  return points.reduce((sum, { cosine, target, weight }) => {
    const z = slope * cosine + intercept;
    return sum + weight * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - target * z);
  }, 0);
}

function newtonStep(points: readonly Point[], { slope, intercept }: Sigmoid): Sigmoid {
  let [g1, g0, h11, h10, h00] = [0, 0, 1e-12, 0, 1e-12];
  for (const { cosine, target, weight } of points) {
    const p = 1 / (1 + Math.exp(-(slope * cosine + intercept)));
    const gradient = weight * (p - target);
    const curvature = weight * p * (1 - p);
    g1 += gradient * cosine;
    g0 += gradient;
    h11 += curvature * cosine * cosine;
    h10 += curvature * cosine;
    h00 += curvature;
  }
  const determinant = h11 * h00 - h10 * h10;
  return { slope: (g1 * h00 - g0 * h10) / determinant, intercept: (g0 * h11 - g1 * h10) / determinant };
}

function moved(at: Sigmoid, step: Sigmoid, size: number): Sigmoid {
  return { slope: at.slope - size * step.slope, intercept: at.intercept - size * step.intercept };
}

const clamp = (cosine: number) => Math.max(-1, Math.min(1, cosine));
/** Four digits are more than the pairs can tell. */
const round = (value: number) => Math.round(value * 1e4) / 1e4;
