import type { FivePoints, Point } from '#core/domain/face.ts';

/** The five points, each moved by `move`. */
export function mapPoints(points: FivePoints, move: (point: Point) => Point): FivePoints {
  const [leftEye, rightEye, nose, leftMouth, rightMouth] = points;
  return [move(leftEye), move(rightEye), move(nose), move(leftMouth), move(rightMouth)];
}
