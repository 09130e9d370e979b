import { type FaceFrame, inFace } from './face-frame.ts';

/** What is wrong with a head's outline; 0 is nothing. */
export interface OutlineFaults {
  /** Length of the picture's rim that cuts the person, or any head, beside and above the face, in eye-to-chin lengths. */
  readonly touching: number;
  /** Foreground that is further from the face than hair reaches, as a share of the rest above the jaw. */
  readonly beyond: number;
  /** Half transparent area above the mouth in face widths squared: colours that do not tell head and wall apart. */
  readonly unsure: number;
  /** Length of the outline above the mouth, in face widths. */
  readonly length: number;
}

/**
 * Measures how far the outline of a cut-out head can be trusted.
 *
 * alpha: share of the person in each pixel, in [0, 1], of a picture in which the face is 56 px wide.
 */
export function judgeOutline(
  alpha: Float32Array,
  { width, height }: { width: number; height: number },
  frame: FaceFrame,
): OutlineFaults {
  let [touching, beyond, within, unsure, length] = [0, 0, 0, 0, 0];
  for (let y = 1; y < height; y++)
    for (let x = 1; x < width; x++) {
      const i = y * width + x;
      const value = alpha[i] ?? 0;
      const { u, v } = inFace(frame, x, y);
      if (v < 0.6 && Math.hypot(u / 0.85, (v + 0.2) / 1.45) > 1) beyond += value;
      else if (v < 0.6) within += value;
      if (v < 0.5) {
        length += Math.hypot(value - (alpha[i - 1] ?? 0), value - (alpha[i - width] ?? 0));
        if (value > 0.1 && value < 0.85) unsure++;
      }
      const isCut = value > 0.4 || Math.hypot(u / 0.55, (v + 0.05) / 0.95) < 1;
      if (v < 0.8 && isCut && (x === 1 || x === width - 1 || y === 1)) touching++;
    }
  return {
    touching: touching / frame.eyesToChin,
    beyond: beyond / Math.max(1, within),
    unsure: unsure / frame.width ** 2,
    length: length / frame.width,
  };
}

/** Between studio portraits (0, 0.05, 4.3) and snapshots with furniture, other people or cropped hair. */
const LIMITS = { touching: 0.2, beyond: 0.06, length: 4.6 } as const;
/** Blurred surroundings make a soft edge, which is right where it is also smooth. */
const FIRM = { unsure: 0.09, length: 3.8 } as const;

/** Whether an outline can be shown as it is. */
export function isTrusted({ touching, beyond, unsure, length }: OutlineFaults): boolean {
  const isFirm = unsure < FIRM.unsure || length < FIRM.length;
  return isFirm && touching < LIMITS.touching && beyond < LIMITS.beyond && length < LIMITS.length;
}
