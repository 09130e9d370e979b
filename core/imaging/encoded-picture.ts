import type { ImageType } from '../domain/image-ref.ts';

/** Encoded bytes with what a store and a reader want to know of them; upright, sRGB. */
export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly type: ImageType;
  readonly widthPx: number;
  readonly heightPx: number;
}
