import { type FivePoints, l2Normalize } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';
import { decodeCentre } from '#models/decode-centre.ts';
import type { FaceEncoderSpec } from '#models/manifest.ts';
import { templatePoints } from './face-template.ts';
import { fitSimilarity, invertSimilarity } from './fit-similarity.ts';
import type { Session } from './open-session.ts';
import { patchTensor } from './patch-tensor.ts';
import { type Patch, warpPatch } from './warp-patch.ts';

/** Turns faces of a photo into identity vectors, all in as few runs as the network allows. */
export interface FaceEmbedder {
  /** One unit vector a face, in the order of `landmarks`. */
  embed(photo: Photo, landmarks: readonly FivePoints[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** The embedder that a pack's encoder record describes: template, preprocessing, centre. */
export function faceEmbedder(session: Session, spec: FaceEncoderSpec): FaceEmbedder {
  const template = templatePoints(spec.template, spec.sizePx);
  const centre = spec.centre ? decodeCentre(spec.centre, spec.dim) : undefined;

  const runBatch = async (patches: readonly Patch[]): Promise<Float32Array[]> => {
    const shape = [patches.length, 3, spec.sizePx, spec.sizePx];
    const [output] = (await session.run({ data: patchTensor(patches, spec), shape })).values();
    if (output?.data.length !== patches.length * spec.dim)
      throw new RangeError(`Cannot read ${output?.data.length} numbers as ${patches.length} x ${spec.dim}`);
    return patches.map((_, i) => output.data.slice(i * spec.dim, (i + 1) * spec.dim));
  };
  return {
    async embed(photo, landmarks) {
      const patches = landmarks.map((points) =>
        warpPatch(photo, invertSimilarity(fitSimilarity(points, template)), spec.sizePx),
      );
      const batch = session.fixedBatch ?? Math.max(1, patches.length);
      const vectors: Float32Array[] = [];
      for (let i = 0; i < patches.length; i += batch)
        vectors.push(...(await runBatch(patches.slice(i, i + batch))));
      return vectors.map((vector) => centred(l2Normalize(vector), centre));
    },
    close: () => session.close(),
  };
}

function centred(vector: Float32Array, centre: Float32Array | undefined): Float32Array {
  return centre ? l2Normalize(vector.map((value, i) => value - (centre[i] ?? 0))) : vector;
}
