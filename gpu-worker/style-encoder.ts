import type { Encoder } from '#core/domain/encoder.ts';
import type { Photo } from '#core/imaging/read-photo.ts';

/** Describes the look of a whole picture, whoever is on it. */
export interface StyleEncoder {
  readonly encoder: Encoder;
  /** One unit vector of `encoder.dim` numbers. */
  encode(photo: Photo): Promise<Float32Array>;
  close(): Promise<void>;
}
