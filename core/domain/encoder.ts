import { z } from 'zod';

/**
 * What a cosine of one encoder means. Fitted by `idlock evaluate` on genuine and impostor pairs; thresholds never travel
 * without it.
 */
export const calibrationSchema = z.object({
  /** confidence = 1 / (1 + exp(-(slope * cosine + intercept))): probability of the same person at equal priors. */
  slope: z.number(),
  intercept: z.number(),
  /** Cosine from which a score is `moderate`, and from which it is `strong`. */
  moderate: z.number().min(-1).max(1),
  strong: z.number().min(-1).max(1),
  /** Cosine threshold at a false match rate, keyed by the rate ("0.01"). */
  thresholds: z.record(z.string(), z.number()),
  /** What it was fitted on: pair counts and a name, for people to judge. */
  source: z.string(),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** A model that makes vectors. Every stored vector names its encoder; vectors of two encoders are never compared. */
export interface Encoder {
  /** `<pack>/<model>@<version>`, for example `bundled/face-api-128@1`. */
  readonly id: string;
  readonly dim: number;
}

export interface FaceEncoder extends Encoder {
  readonly calibration: Calibration;
}

/** Probability, in [0, 1], that two faces with this cosine show the same person at equal priors. */
export function confidenceOf(cosine: number, calibration: Calibration): number {
  return 1 / (1 + Math.exp(-(calibration.slope * cosine + calibration.intercept)));
}
