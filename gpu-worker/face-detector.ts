import type { FivePoints } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';
import type { Detection } from './detection.ts';

/** A face at first sight: where it is, and its points where the detector gives them along. */
export interface Sighting extends Detection {
  /** In photo pixels. */
  readonly landmarks?: FivePoints;
}

export interface FoundFace extends Detection {
  /** In photo pixels. */
  readonly landmarks: FivePoints;
}

/** Finds faces and their five points. Adapters: `faceApiDetector()`, `yunetDetector()`. */
export interface FaceDetector {
  /** The long side at which `find()` looks, px: a larger photo shows it nothing more. */
  readonly sidePx: number;
  /** Where faces are, in no order. */
  find(photo: Photo, signal: AbortSignal): Promise<Sighting[]>;
  /**
   * The five points of faces that were found in this photo, as exact as its pixels allow; a larger copy of the photo
   * gives better ones for small faces. A sighting that proves to be no face is left out.
   */
  place(photo: Photo, sightings: readonly Sighting[], signal: AbortSignal): Promise<FoundFace[]>;
  close(): Promise<void>;
}
