import type { FivePoints, Point } from '#core/domain/face.ts';

/** Where a head lies in a photo, from five points alone, so that every detector's box gives the same cut. */
export interface FaceFrame {
  /** Between the eyes. */
  readonly eyes: Point;
  /** Middle of the face, half way from the eyes to the mouth. */
  readonly centre: Point;
  /** Width of the face at the cheeks, px. */
  readonly width: number;
  /** From the eyes to the chin, px. */
  readonly eyesToChin: number;
  /** How far the head leans, radians, clockwise positive. */
  readonly roll: number;
}

/** Eye distance to cheek width, and eye-mouth to eye-chin: adult means (Farkas, "Anthropometry of the Head and Face"). */
const FACE_WIDTH_PER_EYE_DISTANCE = 2.2;
const FACE_WIDTH_PER_EYES_TO_MOUTH = 2.05;
const CHIN_PER_EYES_TO_MOUTH = 1.72;

export function faceFrame([leftEye, rightEye, , leftMouth, rightMouth]: FivePoints): FaceFrame {
  const eyes = middle(leftEye, rightEye);
  const mouth = middle(leftMouth, rightMouth);
  const eyeDistance = Math.hypot(rightEye[0] - leftEye[0], rightEye[1] - leftEye[1]);
  const eyesToMouth = Math.hypot(mouth[0] - eyes[0], mouth[1] - eyes[1]);
  return {
    eyes,
    centre: middle(eyes, mouth),
    // A turned head narrows the eye distance and not the face's height.
    width: Math.max(eyeDistance * FACE_WIDTH_PER_EYE_DISTANCE, eyesToMouth * FACE_WIDTH_PER_EYES_TO_MOUTH),
    eyesToChin: eyesToMouth * CHIN_PER_EYES_TO_MOUTH,
    roll: Math.atan2(rightEye[1] - leftEye[1], rightEye[0] - leftEye[0]),
  };
}

function middle(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
