import type { Box, FaceQuality, FivePoints } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';
import { templatePoints } from './face-template.ts';
import { fitSimilarity, invertSimilarity } from './fit-similarity.ts';
import { type Patch, warpPatch } from './warp-patch.ts';

const SIDE_PX = 112;
const TEMPLATE = templatePoints('arcface-112', SIDE_PX);
/** Distance of the eyes over how far the nose tip stands before them: 63 mm / 37 mm, a mean adult head. */
const EYES_PER_NOSE = 1.7;

/** Measures how well a face can be judged, on a 112 px crop that is the same for every encoder. */
export function faceQuality(photo: Photo, box: Box, landmarks: FivePoints): FaceQuality {
  const patch = warpPatch(photo, invertSimilarity(fitSimilarity(landmarks, TEMPLATE)), SIDE_PX);
  return {
    sizePx: Math.min(box.width, box.height),
    yawDegrees: yawDegrees(landmarks),
    sharpness: sharpnessOf(greyOf(patch)),
    occlusion: 0,
  };
}

/**
 * Head turn in degrees, positive to the image's right. With the eyes 2d apart and the nose tip p before them, a turn
 * by t shows the eyes 2d cos t apart and the nose p sin t beside their middle.
 */
export function yawDegrees([left, right, nose]: FivePoints): number {
  const [ex, ey] = [right[0] - left[0], right[1] - left[1]];
  const eyes = Math.hypot(ex, ey);
  if (eyes === 0) return 90;
  const [nx, ny] = [nose[0] - (left[0] + right[0]) / 2, nose[1] - (left[1] + right[1]) / 2];
  const beside = (nx * ex + ny * ey) / eyes;
  return (Math.atan2(beside * EYES_PER_NOSE, eyes) * 180) / Math.PI;
}

function greyOf({ rgb, sizePx }: Patch): Float32Array {
  const grey = new Float32Array(sizePx * sizePx);
  // Luma of ITU-R BT.601.
  for (let i = 0; i < grey.length; i++)
    grey[i] = 0.299 * (rgb[i * 3] ?? 0) + 0.587 * (rgb[i * 3 + 1] ?? 0) + 0.114 * (rgb[i * 3 + 2] ?? 0);
  return grey;
}

/** Variance of the 4-neighbour Laplacian (Pech-Pacheco et al., ICPR 2000). */
function sharpnessOf(grey: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < SIDE_PX - 1; y++)
    for (let x = 1; x < SIDE_PX - 1; x++) {
      const i = y * SIDE_PX + x;
      const value =
        (grey[i - 1] ?? 0) +
        (grey[i + 1] ?? 0) +
        (grey[i - SIDE_PX] ?? 0) +
        (grey[i + SIDE_PX] ?? 0) -
        4 * (grey[i] ?? 0);
      sum += value;
      squares += value * value;
    }
  const count = (SIDE_PX - 2) ** 2;
  return squares / count - (sum / count) ** 2;
}
