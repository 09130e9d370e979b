import type { Encoder, FaceEncoder } from '../domain/encoder.ts';
import type { Face } from '../domain/face.ts';

export interface PhotoAnalysis {
  /** Size of the upright image (EXIF orientation applied), px; all boxes and points are in these pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Largest first. */
  readonly faces: readonly Face[];
  /** L2-normalised style vector of the whole picture. */
  readonly style: Float32Array;
}

/** Sees pictures: faces with identity vectors, and a style vector. In process over ONNX, or elsewhere over a queue. */
export interface Vision {
  readonly faceEncoder: FaceEncoder;
  readonly styleEncoder: Encoder;
  /**
   * Decodes, detects, aligns and embeds.
   *
   * image: encoded bytes of a JPEG, PNG, WebP or AVIF.
   * @throws {BadPhotoError} when the bytes are not a picture, are truncated, animated or over the limits.
   */
  analyze(image: Uint8Array, signal: AbortSignal): Promise<PhotoAnalysis>;
  close(): Promise<void>;
}
