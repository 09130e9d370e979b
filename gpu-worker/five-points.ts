import type { FivePoints, Point } from '#core/domain/face.ts';

const LEFT_EYE = [36, 37, 38, 39, 40, 41];
const RIGHT_EYE = [42, 43, 44, 45, 46, 47];
const NOSE_TIP = [30];
const LEFT_MOUTH_CORNER = [48];
const RIGHT_MOUTH_CORNER = [54];

/** The five points of a face that is given by the 68 points of the iBUG scheme: eye centres, nose tip, mouth corners. */
export function fivePoints(points: readonly Point[]): FivePoints {
  const mean = (indices: readonly number[]): Point => {
    let [x, y] = [0, 0];
    for (const index of indices) {
      const [px, py] = points[index] ?? [Number.NaN, Number.NaN];
      x += px / indices.length;
      y += py / indices.length;
    }
    return [x, y];
  };
  return [mean(LEFT_EYE), mean(RIGHT_EYE), mean(NOSE_TIP), mean(LEFT_MOUTH_CORNER), mean(RIGHT_MOUTH_CORNER)];
}
