import sharp, { type Sharp } from 'sharp';
import type { Photo } from '#core/imaging/read-photo.ts';

/** A photo on its way to another size. */
export interface ScaledPhoto {
  readonly pixels: Sharp;
  readonly widthPx: number;
  readonly heightPx: number;
  /** New pixels per photo pixel. */
  readonly scale: number;
}

/** Scales a photo, up or down, so that its longer side has `sidePx`. */
export function scalePhoto({ rgb, widthPx, heightPx }: Photo, sidePx: number): ScaledPhoto {
  const scale = sidePx / Math.max(widthPx, heightPx);
  const width = Math.max(1, Math.round(widthPx * scale));
  const height = Math.max(1, Math.round(heightPx * scale));
  const pixels = sharp(rgb, { raw: { width: widthPx, height: heightPx, channels: 3 } });
  return {
    pixels: pixels.resize(width, height, { fit: 'fill', kernel: 'linear' }),
    widthPx: width,
    heightPx: height,
    scale,
  };
}
