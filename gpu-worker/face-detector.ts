import type { FivePoints } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';
import type { Detection } from './detection.ts';

export interface FoundFace extends Detection {
  /** In photo pixels. */
  readonly landmarks: FivePoints;
}

/** Finds faces and their five points, in no order. Adapters: `faceApiDetector()`, `yunetDetector()`. */
export interface FaceDetector {
  /** The long side at which it looks, px: a larger photo shows it nothing more of a large face. */
  readonly sidePx: number;
  detect(photo: Photo, signal: AbortSignal): Promise<FoundFace[]>;
  close(): Promise<void>;
}
