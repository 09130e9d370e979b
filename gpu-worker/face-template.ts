import type { FivePoints, Point } from '#core/domain/face.ts';
import type { FaceEncoderSpec } from '#models/manifest.ts';

interface Template {
  /** Side of the square that the points are given for. */
  readonly side: number;
  readonly points: FivePoints;
}

/**
 * Where an encoder expects the five points.
 *
 * arcface-112: insightface's reference; r96: OpenVINO face-reidentification-retail-0095's model card;
 * face-api-150: the mean face of dlib's get_face_chip_details() at padding 0.25, its 68 points reduced to five as
 * `fivePoints()` reduces them.
 */
const TEMPLATES: Record<FaceEncoderSpec['template'], Template> = {
  'arcface-112': {
    side: 112,
    points: [
      [38.2946, 51.6963],
      [73.5318, 51.5014],
      [56.0252, 71.7366],
      [41.5493, 92.3655],
      [70.7299, 92.2041],
    ],
  },
  r96: {
    side: 1,
    points: [
      [0.31557, 0.46157],
      [0.68262, 0.46157],
      [0.50026, 0.64051],
      [0.34947, 0.82469],
      [0.65344, 0.82469],
    ],
  },
  'face-api-150': {
    side: 1.5,
    points: [
      [0.475492, 0.46599],
      [1.004761, 0.46599],
      [0.740127, 0.765625],
      [0.504149, 1.030233],
      [0.976104, 1.030233],
    ],
  },
};

/** The five points of `template` in a square of `sizePx`. */
export function templatePoints(template: FaceEncoderSpec['template'], sizePx: number): FivePoints {
  const { side, points } = TEMPLATES[template];
  const scale = sizePx / side;
  const [a, b, c, d, e] = points.map(([x, y]): Point => [x * scale, y * scale]);
  if (!a || !b || !c || !d || !e) throw new RangeError(`Template ${template} has not five points`);
  return [a, b, c, d, e];
}
