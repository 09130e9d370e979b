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
  /** How far the nose lies right of the line from the eyes to the mouth, in face widths: a turned head's far side. */
  readonly turn: number;
}

/** Eye distance to cheek width, and eye-mouth to eye-chin: adult means (Farkas, "Anthropometry of the Head and Face"). */
const FACE_WIDTH_PER_EYE_DISTANCE = 2.2;
const FACE_WIDTH_PER_EYES_TO_MOUTH = 2.05;
const CHIN_PER_EYES_TO_MOUTH = 1.72;

export function faceFrame([leftEye, rightEye, nose, leftMouth, rightMouth]: FivePoints): FaceFrame {
  const eyes = middle(leftEye, rightEye);
  const mouth = middle(leftMouth, rightMouth);
  const eyeDistance = Math.hypot(rightEye[0] - leftEye[0], rightEye[1] - leftEye[1]);
  const eyesToMouth = Math.hypot(mouth[0] - eyes[0], mouth[1] - eyes[1]);
  const centre = middle(eyes, mouth);
  // A turned head narrows the eye distance and not the face's height.
  const width = Math.max(
    eyeDistance * FACE_WIDTH_PER_EYE_DISTANCE,
    eyesToMouth * FACE_WIDTH_PER_EYES_TO_MOUTH,
  );
  const down = [(mouth[0] - eyes[0]) / eyesToMouth, (mouth[1] - eyes[1]) / eyesToMouth] as const;
  return {
    eyes,
    centre,
    width,
    eyesToChin: eyesToMouth * CHIN_PER_EYES_TO_MOUTH,
    roll: Math.atan2(rightEye[1] - leftEye[1], rightEye[0] - leftEye[0]),
    turn: ((nose[0] - centre[0]) * down[1] - (nose[1] - centre[1]) * down[0]) / width,
  };
}

/** Where a pixel lies in the upright face: 0, 0 between the eyes, u 1 a face's width to the right, v 1 at the chin. */
export function inFace(frame: FaceFrame, x: number, y: number): { u: number; v: number } {
  const cos = Math.cos(frame.roll);
  const sin = Math.sin(frame.roll);
  const dx = x - frame.eyes[0];
  const dy = y - frame.eyes[1];
  return { u: (dx * cos + dy * sin) / frame.width, v: (dy * cos - dx * sin) / frame.eyesToChin };
}

function middle(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
