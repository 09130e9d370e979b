import type { Box, FivePoints } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';

export interface FoundFace {
  /** In photo pixels; may reach past the photo's edges. */
  readonly box: Box;
  /** Certainty in [0, 1]. */
  readonly score: number;
  readonly landmarks: FivePoints;
}

/** Finds faces and their five points, in no order. Adapters: `faceApiDetector()`, `yunetDetector()`. */
export interface FaceDetector {
  detect(photo: Photo, signal: AbortSignal): Promise<FoundFace[]>;
  close(): Promise<void>;
}
