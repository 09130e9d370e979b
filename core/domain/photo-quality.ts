import type { Face } from './face.ts';

/** What a reference photo must offer for its vector to be worth keeping. Measured on 105 photos of 31 people. */
export const REFERENCE_LIMITS = {
  minSizePx: 80,
  minSharpness: 15,
  maxYawDegrees: 45,
  /** Clear faces of people measure under 0.1, covered eyes or a mask over 0.3 (gpu-worker/face-occlusion.ts). */
  maxOcclusion: 0.3,
  /** A second face counts when its area is at least this share of the largest one's. */
  bystanderShare: 0.25,
} as const;

/** Says why a photo cannot be a reference, and what to send instead; undefined when it can. */
export function photoProblem({ faces }: { readonly faces: readonly Face[] }): string | undefined {
  const area = ({ box }: Face) => box.width * box.height;
  const [face, second] = faces.toSorted((a, b) => area(b) - area(a));
  if (!face) return 'no face was found: send a photo that shows the face clearly';
  if (second && area(second) >= area(face) * REFERENCE_LIMITS.bystanderShare) {
    return 'two faces: crop it to one person';
  }
  const { sizePx, sharpness, yawDegrees, occlusion } = face.quality;
  if (sizePx < REFERENCE_LIMITS.minSizePx) {
    return `face ${Math.floor(sizePx)} px wide, needs ${REFERENCE_LIMITS.minSizePx}: send a larger or closer photo`;
  }
  if (Math.abs(yawDegrees) > REFERENCE_LIMITS.maxYawDegrees) {
    return `the face is turned ${Math.round(Math.abs(yawDegrees))} degrees: send one that looks at the camera`;
  }
  if (occlusion > REFERENCE_LIMITS.maxOcclusion)
    return 'the face is covered or in deep shade: send one without mask, sunglasses or hand';
  if (sharpness < REFERENCE_LIMITS.minSharpness) return 'the face is blurred: send a sharper photo';
  return undefined;
}
