import type { Photo } from '#core/imaging/read-photo.ts';
import { scalePhoto } from './scale-photo.ts';

export interface PhotoSquare {
  /** Uint8Array[squarePx * squarePx * 3], row by row R G B, black right of and below the photo. */
  readonly data: Uint8Array;
  readonly squarePx: number;
  /** Square's pixels per photo pixel. */
  readonly scale: number;
}

/** Scales a photo so that its longer side has `sidePx`, and lays it into the top left corner of a black square. */
export async function photoSquare(photo: Photo, sidePx: number, squarePx: number): Promise<PhotoSquare> {
  const { pixels, widthPx, heightPx, scale } = scalePhoto(photo, sidePx);
  const edges = { right: squarePx - widthPx, bottom: squarePx - heightPx, background: '#000' };
  return { data: await pixels.extend(edges).raw().toBuffer(), squarePx, scale };
}
