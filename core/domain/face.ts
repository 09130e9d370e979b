/** A rectangle in pixels of the upright image; may reach past its edges. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** x, y in pixels of the upright image. */
export type Point = readonly [x: number, y: number];

/** The five points every detector gives, in image order: left eye, right eye, nose, left and right mouth corner. */
export type FivePoints = readonly [Point, Point, Point, Point, Point];

export interface FaceQuality {
  /** Shorter side of the face box, px. */
  readonly sizePx: number;
  /** Head turn in degrees, from the landmarks: 0 is frontal, positive turns to the image's right, +-90 is a profile. */
  readonly yawDegrees: number;
  /** Variance of the Laplacian of the aligned grey face (0-255 scale); under 15 a face is visibly blurred. */
  readonly sharpness: number;
  /** How much of the face looks covered, in [0, 1]; 0 is nothing. */
  readonly occlusion: number;
}

export interface Face {
  readonly box: Box;
  readonly landmarks: FivePoints;
  /** The detector's own certainty, in [0, 1]. */
  readonly detectorScore: number;
  readonly quality: FaceQuality;
  /** L2-normalised; length is the encoder's dimension. */
  readonly embedding: Float32Array;
}

/**
 * Cosine similarity of two unit vectors, in [-1, 1].
 *
 * @throws {RangeError} when the lengths differ: vectors of different encoders are never compared.
 */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) {
    throw new RangeError(`Cannot compare vectors of ${a.length} and ${b.length} dimensions`);
  }
  let dot = 0;
  for (let i = 0; i < a.length; i++) dot += (a[i] ?? 0) * (b[i] ?? 0);
  return Math.max(-1, Math.min(1, dot));
}

/**
 * Returns `vector` scaled to length 1.
 *
 * @throws {RangeError} when its length is 0 or not finite: such a vector points nowhere.
 */
export function l2Normalize(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const norm = Math.sqrt(sum);
  if (!Number.isFinite(norm) || norm === 0)
    throw new RangeError(`Cannot normalise a vector of length ${norm}`);
  return vector.map((value) => value / norm);
}

/** L2-normalised mean of L2-normalised vectors: how several references become one identity. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (!first) throw new RangeError('Cannot average 0 vectors');
  const sum = new Float32Array(first.length);
  for (const vector of vectors)
    l2Normalize(vector).forEach((value, i) => {
      sum[i] = (sum[i] ?? 0) + value;
    });
  return l2Normalize(sum);
}

/** The face with the largest box, or undefined when there is none. */
export function largestFace(faces: readonly Face[]): Face | undefined {
  return faces.reduce<Face | undefined>(
    (best, face) =>
      !best || face.box.width * face.box.height > best.box.width * best.box.height ? face : best,
    undefined,
  );
}
