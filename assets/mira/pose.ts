import { smoothstep, type Vec3 } from './numbers.ts';

/** How the head is held, degrees. Positive yaw looks to the viewer's right, pitch up, roll leans to the right. */
export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Turn of the shoulders. */
  readonly bodyYaw: number;
}

const NECK: Vec3 = [0, -9.5, 0.5];
const RADIANS = Math.PI / 180;

function turned([x, y, z]: Vec3, yaw: number, pitch: number, roll: number): Vec3 {
  const [cy, sy] = [Math.cos(yaw * RADIANS), Math.sin(yaw * RADIANS)];
  const [cp, sp] = [Math.cos(pitch * RADIANS), Math.sin(pitch * RADIANS)];
  const [cr, sr] = [Math.cos(roll * RADIANS), Math.sin(roll * RADIANS)];
  const [x1, z1] = [x * cy + z * sy, z * cy - x * sy];
  const [y2, z2] = [y * cp + z1 * sp, z1 * cp - y * sp];
  return [x1 * cr + y2 * sr, y2 * cr - x1 * sr, z2];
}

/**
 * Moves a point of the model into the world.
 *
 * hold: 1 moves with the head, 0 with the shoulders; what lies between bends.
 */
export function posed(p: Vec3, pose: Pose, hold: number): Vec3 {
  const [x, y, z] = turned(
    [p[0] - NECK[0], p[1] - NECK[1], p[2] - NECK[2]],
    pose.bodyYaw + (pose.yaw - pose.bodyYaw) * hold,
    pose.pitch * hold,
    pose.roll * hold,
  );
  return [x + NECK[0], y + NECK[1], z + NECK[2]];
}

/** Height of the model's head over its drawn height: the features were measured on a longer face. */
const SQUEEZE = 0.92;
/** From here down the face is drawn shorter still, the more the further down. */
const CHEEK_Y = -0.5;
/** How far neck and shoulders move up to meet the chin, cm. */
const RAISE_CM = 1.1;

/** Moves a point of the head; the head is a little lower than its features are tall. */
export function posedHead([x, y, z]: Vec3, pose: Pose): Vec3 {
  const below = Math.max(0, CHEEK_Y - y);
  const shorter = (0.025 * below * below) / (1 + 0.15 * below);
  return posed([x * 0.98, (y + shorter) * SQUEEZE, z], pose, 1);
}

/** Moves a point of the neck or the shoulders. */
export const posedBody = ([x, y, z]: Vec3, pose: Pose): Vec3 => posed([x, y + RAISE_CM, z], pose, holdAt(y));

/** Share of the head's movement that reaches a height of the neck or of the hair. */
export const holdAt = (y: number): number => smoothstep(-15.5, -7, y);
