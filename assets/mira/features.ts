import { bell, clamp, curve } from './numbers.ts';

/**
 * Where the features of the face lie, in centimetres around the point between the pupils. The proportions are
 * those of an average adult woman's face (Farkas, Anthropometry of the Head and Face), with eyes a little wider.
 */
export interface Mood {
  /** 0 neutral to 1 a warm smile with closed lips. */
  readonly smile: number;
}

export const EYE_X = 3.12;
export const EYE_HALF_WIDTH = 1.62;
export const IRIS_RADIUS = 0.65;
const MOUTH_Y = -6.75;

/** Eye-local coordinate: distance outwards from the middle of the nearer eye. */
export const eyeSideways = (x: number): number => Math.abs(x) - EYE_X;

const upperLid = curve([
  [-1, -0.14],
  [-0.86, 0.06],
  [-0.6, 0.37],
  [-0.25, 0.58],
  [0.1, 0.64],
  [0.45, 0.57],
  [0.75, 0.38],
  [1, 0.1],
]);
const lowerLid = curve([
  [-1, -0.18],
  [-0.85, -0.25],
  [-0.5, -0.38],
  [0, -0.47],
  [0.4, -0.44],
  [0.75, -0.22],
  [1, 0.1],
]);

/** Height of the edge of the upper lid at the eye-local u. */
export const upperLidY = (u: number, mood: Mood): number =>
  1.1 * upperLid(u / EYE_HALF_WIDTH) - 0.05 * mood.smile * (1 - clamp((u / EYE_HALF_WIDTH) ** 2));

/** Height of the edge of the lower lid; a smile pushes it up. */
export const lowerLidY = (u: number, mood: Mood): number =>
  1.1 * lowerLid(u / EYE_HALF_WIDTH) + 0.11 * mood.smile * (1 - clamp((u / EYE_HALF_WIDTH) ** 2));

/** How far (cm) a point lies inside the opening between the lids; negative on the skin. */
export function insideEye(x: number, y: number, mood: Mood): number {
  const u = eyeSideways(x);
  if (Math.abs(u) > EYE_HALF_WIDTH) return -1;
  return Math.min(upperLidY(u, mood) - y, y - lowerLidY(u, mood));
}

/** Height of the first hairs over the forehead. */
export const hairlineY = (x: number): number => 5.95 - 0.06 * x * x;

const browMiddle = curve([
  [-1.75, 1.75],
  [-1.2, 1.98],
  [-0.3, 2.25],
  [0.7, 2.47],
  [1.4, 2.38],
  [2.05, 2.1],
  [2.4, 1.92],
]);
const browHalfHeight = curve([
  [-1.8, 0.14],
  [-1.5, 0.33],
  [-0.6, 0.37],
  [0.6, 0.31],
  [1.6, 0.2],
  [2.5, 0.04],
]);

/** The brow: height of its middle line and its half height at the eye-local u in [-1.75, 2.5]. */
export const brow = (u: number): { y: number; half: number } => ({
  y: browMiddle(u),
  half: browHalfHeight(u),
});

export const mouthHalfWidth = (mood: Mood): number => 2.22 + 0.48 * mood.smile;

const upperLip = curve([
  [0, 0.56],
  [0.1, 0.57],
  [0.25, 0.7],
  [0.4, 0.65],
  [0.65, 0.42],
  [0.88, 0.12],
  [1, 0],
]);
const lowerLip = curve([
  [0, 0.92],
  [0.25, 0.9],
  [0.5, 0.75],
  [0.75, 0.42],
  [0.92, 0.1],
  [1, 0],
]);

/** The mouth at x: height of the line between the lips, of the upper and of the lower border of the red. */
export function mouth(x: number, mood: Mood): { line: number; top: number; bottom: number; t: number } {
  const t = Math.abs(x) / mouthHalfWidth(mood);
  const k = clamp(t);
  const line =
    MOUTH_Y -
    0.07 * bell(x, 0.32) +
    0.05 * bell(Math.abs(x) - 0.85, 0.4) -
    0.04 * k ** 4 +
    mood.smile * (0.5 * k * k - 0.05);
  const thin = 1 - 0.14 * mood.smile;
  return { line, top: line + upperLip(k) * thin, bottom: line - lowerLip(k) * thin, t };
}
