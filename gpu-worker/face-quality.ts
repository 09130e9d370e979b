import type { FaceQuality } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';
import type { FoundFace } from './face-detector.ts';
import { faceOcclusion } from './face-occlusion.ts';
import { faceSharpness } from './face-sharpness.ts';
import { templatePoints } from './face-template.ts';
import { fitSimilarity, invertSimilarity } from './fit-similarity.ts';
import { warpPatch } from './warp-patch.ts';
import { yawDegrees } from './yaw-degrees.ts';

const SIDE_PX = 112;
const TEMPLATE = templatePoints('arcface-112', SIDE_PX);

/** Measures how well a face can be judged, on a crop that is the same for every encoder. */
export function faceQuality(photo: Photo, { box, landmarks }: FoundFace): FaceQuality {
  const patch = warpPatch(photo, invertSimilarity(fitSimilarity(landmarks, TEMPLATE)), SIDE_PX);
  return {
    sizePx: Math.min(box.width, box.height),
    yawDegrees: yawDegrees(landmarks),
    sharpness: faceSharpness(patch),
    occlusion: faceOcclusion(patch),
  };
}
