import { type FivePoints, l2Normalize } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';
import { decodeCentre } from '#models/decode-centre.ts';
import type { FaceEncoderSpec } from '#models/manifest.ts';
import type { FoundFace } from './face-detector.ts';
import { templatePoints } from './face-template.ts';
import { fitSimilarity, invertSimilarity } from './fit-similarity.ts';
import { kernelFeatures } from './kernel-features.ts';
import { mirrorPatch } from './mirror-patch.ts';
import type { Session } from './open-session.ts';
import { patchTensor } from './patch-tensor.ts';
import { pointsInBox } from './points-in-box.ts';
import { type Patch, warpPatch } from './warp-patch.ts';

/** Turns faces of a photo into identity vectors, all in as few runs as the network allows. */
export interface FaceEmbedder {
  /** One unit vector a face, in the order of `faces`. */
  embed(photo: Photo, faces: readonly FoundFace[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** The embedder that a pack's encoder record describes: views, template, preprocessing, and what is done to descriptors. */
export function faceEmbedder(session: Session, spec: FaceEncoderSpec): FaceEmbedder {
  const finish = finisher(spec);
  return {
    async embed(photo, faces) {
      const patches = faces.flatMap((face) => viewsOf(photo, face, spec));
      const descriptors = await describe(patches, session, spec);
      const perFace = spec.views.length;
      return faces.map((_, i) => finish(descriptors.slice(i * perFace, (i + 1) * perFace)));
    },
    close: () => session.close(),
  };
}

function viewsOf(photo: Photo, { box, landmarks }: FoundFace, spec: FaceEncoderSpec): Patch[] {
  const template = templatePoints(spec.template, spec.sizePx);
  const crop = (points: FivePoints) =>
    warpPatch(photo, invertSimilarity(fitSimilarity(points, template)), spec.sizePx);
  const byPoints = crop(landmarks);
  const byBox = spec.views.some((view) => view.startsWith('box')) ? crop(pointsInBox(box)) : byPoints;
  return spec.views.map((view) => {
    const patch = view.startsWith('box') ? byBox : byPoints;
    return view.endsWith('mirrored') ? mirrorPatch(patch) : patch;
  });
}

async function describe(
  patches: readonly Patch[],
  session: Session,
  spec: FaceEncoderSpec,
): Promise<Float32Array[]> {
  const batch = session.fixedBatch ?? Math.max(1, patches.length);
  const descriptors: Float32Array[] = [];
  for (let from = 0; from < patches.length; from += batch) {
    const part = patches.slice(from, from + batch);
    const shape = [part.length, 3, spec.sizePx, spec.sizePx];
    const [output] = (await session.run({ data: patchTensor(part, spec), shape })).values();
    const dim = descriptorDim(spec);
    if (output?.data.length !== part.length * dim)
      throw new RangeError(`Cannot read ${output?.data.length} numbers as ${part.length} x ${dim}`);
    part.forEach((_, i) => {
      descriptors.push(output.data.slice(i * dim, (i + 1) * dim));
    });
  }
  return descriptors;
}

/** What the network itself gives; a kernel makes a cosine and a sine of each number and block. */
function descriptorDim({ dim, kernel }: FaceEncoderSpec): number {
  return kernel ? dim / (2 * kernel.blocks) : dim;
}

/** Averages the views of one face and brings the result to a unit vector. */
function finisher(spec: FaceEncoderSpec): (views: readonly Float32Array[]) => Float32Array {
  if (spec.kernel) {
    const map = kernelFeatures(descriptorDim(spec), spec.kernel);
    return (views) => l2Normalize(map(average(views)));
  }
  const centre = spec.centre ? decodeCentre(spec.centre, spec.dim) : undefined;
  return (views) => {
    const vector = l2Normalize(average(views));
    return centre ? l2Normalize(vector.map((value, i) => value - (centre[i] ?? 0))) : vector;
  };
}

function average(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  return sum.map((value) => value / vectors.length);
}
