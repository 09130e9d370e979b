import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Calibration } from '../domain/encoder.ts';
import { cosineSimilarity, largestFace } from '../domain/face.ts';
import { BadPhotoError, InvalidRequestError } from '../errors.ts';
import type { Vision } from '../vision/vision.ts';
import { fitCalibration } from './fit-calibration.ts';
import type { PhotoPair } from './read-pairs.ts';
import type { ScoredPair } from './scored-pair.ts';
import { type VerificationMetrics, verificationMetrics } from './verification-metrics.ts';

/** Names as `idlock evaluate --json` prints them. */
export interface Evaluation extends VerificationMetrics {
  readonly encoder: string;
  readonly photos: number;
  /** Share of the photos in which a face was found. */
  readonly detection: number;
  /** The photos in which none was found, or that could not be read, by path below the root. */
  readonly without_face: readonly string[];
  /** What these pairs say; `calibration_error` is of the one that the encoder came with. */
  readonly fitted: Calibration | null;
}

export interface EvaluateInput {
  readonly pairs: readonly PhotoPair[];
  /** Directory that the paths of the pairs are below. */
  readonly root: string;
  /** The encoder that `vision` embeds with; its calibration is what `calibration_error` judges, where it has one. */
  readonly encoder: { readonly id: string; readonly calibration?: Calibration | undefined };
  /** What the fitted calibration says of its origin. */
  readonly source: string;
}

export interface EvaluateNeeds {
  readonly vision: Pick<Vision, 'analyze'>;
  readonly signal: AbortSignal;
  readonly onProgress?: (donePhotos: number, totalPhotos: number) => void;
}

/**
 * Measures an encoder on pairs of photos; each photo is analysed once and its largest face counts.
 *
 * @throws {InvalidRequestError} for a photo that is missing or lies outside the root, or too few pairs.
 */
export async function evaluatePairs(
  { pairs, root, encoder, source }: EvaluateInput,
  needs: EvaluateNeeds,
): Promise<{ evaluation: Evaluation; scored: ScoredPair[] }> {
  const vectors = await embedPhotos(pairs, root, needs);
  const scored = pairs.map(({ a, b, same }) => ({ same, cosine: cosineOf(vectors.get(a), vectors.get(b)) }));
  const withoutFace = [...vectors].flatMap(([photo, vector]) => (vector ? [] : [photo]));
  const evaluation = {
    encoder: encoder.id,
    photos: vectors.size,
    detection: (vectors.size - withoutFace.length) / vectors.size,
    without_face: withoutFace,
    ...verificationMetrics(scored, encoder.calibration),
    fitted: fitIfEnough(scored, source),
  };
  return { evaluation, scored };
}

async function embedPhotos(
  pairs: readonly PhotoPair[],
  root: string,
  { vision, signal, onProgress }: EvaluateNeeds,
): Promise<Map<string, Float32Array | null>> {
  const photos = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))];
  const vectors = new Map<string, Float32Array | null>();
  for (const photo of photos) {
    signal.throwIfAborted();
    const bytes = await readPhoto(root, photo);
    vectors.set(photo, await embed(bytes, vision, signal));
    onProgress?.(vectors.size, photos.length);
  }
  return vectors;
}

/** A link below the root may still point outside of it, so the real paths are compared. */
async function readPhoto(root: string, photo: string): Promise<Uint8Array> {
  try {
    const top = await realpath(root);
    const path = await realpath(join(top, photo));
    if (path.startsWith(top + sep)) return await readFile(path);
  } catch (cause) {
    throw new InvalidRequestError(`Cannot read the photo ${photo} below the root directory.`, { cause });
  }
  throw new InvalidRequestError(`The photo ${photo} lies outside the root directory.`);
}

async function embed(
  bytes: Uint8Array,
  vision: Pick<Vision, 'analyze'>,
  signal: AbortSignal,
): Promise<Float32Array | null> {
  try {
    const { faces } = await vision.analyze(bytes, signal);
    return largestFace(faces)?.embedding ?? null;
  } catch (error) {
    if (error instanceof BadPhotoError) return null;
    throw error;
  }
}

function cosineOf(a: Float32Array | null | undefined, b: Float32Array | null | undefined): number | null {
  return a && b ? cosineSimilarity(a, b) : null;
}

/** Few pairs can be measured and not calibrated on: that is no failure. */
function fitIfEnough(scored: readonly ScoredPair[], source: string): Calibration | null {
  try {
    return fitCalibration(scored, source);
  } catch (error) {
    if (error instanceof InvalidRequestError) return null;
    throw error;
  }
}
