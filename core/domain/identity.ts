import { type Calibration, confidenceOf } from './encoder.ts';
import { cosineSimilarity, type Face } from './face.ts';

export type Band = 'strong' | 'moderate' | 'weak';
export type NotScoredReason = 'no-face' | 'profile' | 'too-small' | 'occluded';

/** How well a picture kept the identity; a picture that cannot be judged says why instead of a number. */
export type IdentityVerdict =
  | {
      readonly kind: 'scored';
      /** Cosine of the identity vector and the generated face, in [-1, 1]. */
      readonly idr: number;
      /** Calibrated probability of the same person, in [0, 1]. */
      readonly confidence: number;
      readonly band: Band;
      readonly encoder: string;
      readonly yawDegrees: number;
      readonly sizePx: number;
    }
  | { readonly kind: 'n/a'; readonly reason: NotScoredReason; readonly encoder: string };

/** Faces that are smaller, or turned further, are not scored: their cosine says more about pose than identity. */
export const SCORE_LIMITS = { minSizePx: 60, maxYawDegrees: 60, maxOcclusion: 0.5 } as const;

/** The band of a cosine by the encoder's own calibration. */
export function bandOf(cosine: number, calibration: Calibration): Band {
  if (cosine >= calibration.strong) return 'strong';
  return cosine >= calibration.moderate ? 'moderate' : 'weak';
}

/**
 * Judges one face against an identity vector of the same encoder, or says why it cannot be judged.
 * Limits: on photos the cosine of a genuine pair falls with the yaw (correlation -.76), and under about 60 px it is noise.
 */
export function judgeFace(
  face: Face | undefined,
  identity: Float32Array,
  encoder: { readonly id: string; readonly calibration: Calibration },
): IdentityVerdict {
  const reason = !face ? 'no-face' : notScoredReason(face);
  if (!face || reason) return { kind: 'n/a', reason: reason ?? 'no-face', encoder: encoder.id };
  const idr = cosineSimilarity(face.embedding, identity);
  return {
    kind: 'scored',
    idr,
    confidence: confidenceOf(idr, encoder.calibration),
    band: bandOf(idr, encoder.calibration),
    encoder: encoder.id,
    yawDegrees: face.quality.yawDegrees,
    sizePx: face.quality.sizePx,
  };
}

function notScoredReason({ quality }: Face): NotScoredReason | undefined {
  if (quality.sizePx < SCORE_LIMITS.minSizePx) return 'too-small';
  if (Math.abs(quality.yawDegrees) > SCORE_LIMITS.maxYawDegrees) return 'profile';
  if (quality.occlusion > SCORE_LIMITS.maxOcclusion) return 'occluded';
  return undefined;
}
