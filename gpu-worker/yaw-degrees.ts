import type { FivePoints, Point } from '#core/domain/face.ts';

/** Distance of the eyes over how far the nose tip stands before them: 63 mm / 37 mm, a mean adult head. */
const EYES_PER_NOSE = 1.7;
/** Distance of the eyes over that of eyes and mouth, seen from the front: the least of 85 photos (median 1.0). */
const FRONTAL_EYES_PER_HEIGHT = 0.85;
/** Mouth beside the eyes' middle, as a part of their distance: more than any head shows (0.33 in profile). */
const MAX_SKEW = 0.45;

/**
 * Head turn in degrees, in [-90, 90], positive to the image's right; a tilted head is measured along its own eye line.
 *
 * A turn by t shows eyes 2d apart at 2d cos t, and a nose tip p before them p sin t beside their middle. The nose tells
 * small turns; in profile detectors draw it back, and the eyes, drawn together, tell more. Points that no head shows
 * are read as a profile: landmarks go astray there.
 */
export function yawDegrees([leftEye, rightEye, nose, leftMouth, rightMouth]: FivePoints): number {
  const eyes = minus(rightEye, leftEye);
  const eyesApart = Math.hypot(...eyes);
  const eyesMiddle = middle(leftEye, rightEye);
  const down = minus(middle(leftMouth, rightMouth), eyesMiddle);
  const height = Math.hypot(...down);
  if (eyesApart === 0 || height === 0) return 90;

  const noseBeside = dot(minus(nose, eyesMiddle), eyes) / eyesApart;
  const skew = Math.abs(dot(down, eyes)) / eyesApart / height;
  const byNose = Math.atan2(Math.abs(noseBeside) * EYES_PER_NOSE, eyesApart);
  const byEyes = Math.acos(Math.min(1, eyesApart / height / FRONTAL_EYES_PER_HEIGHT));
  const turn = skew > MAX_SKEW ? Math.PI / 2 : Math.max(byNose, byEyes);
  return ((noseBeside < 0 ? -turn : turn) * 180) / Math.PI;
}

function minus([ax, ay]: Point, [bx, by]: Point): [number, number] {
  return [ax - bx, ay - by];
}

function middle([ax, ay]: Point, [bx, by]: Point): Point {
  return [(ax + bx) / 2, (ay + by) / 2];
}

function dot([ax, ay]: Point, [bx, by]: Point): number {
  return ax * bx + ay * by;
}
