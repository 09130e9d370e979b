import type { Box } from '#core/domain/face.ts';

/** A face as a detector found it. */
export interface Detection {
  /** In photo pixels; may reach past the photo's edges. */
  readonly box: Box;
  /** Certainty in [0, 1]. */
  readonly score: number;
}

/** Intersection over union of two boxes, in [0, 1]. */
export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/**
 * Keeps the surest of detections that show the same face, surest first (non-maximum suppression).
 *
 * maxOverlap: intersection over union in [0, 1] over which two boxes are one face.
 */
export function keepSurest<Found extends Detection>(
  detections: readonly Found[],
  maxOverlap: number,
): Found[] {
  const kept: Found[] = [];
  for (const candidate of detections.toSorted((a, b) => b.score - a.score)) {
    if (kept.every(({ box }) => overlapOf(box, candidate.box) <= maxOverlap)) kept.push(candidate);
  }
  return kept;
}
