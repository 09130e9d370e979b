import sharp from 'sharp';
import type { Photo } from '#core/imaging/read-photo.ts';
import type { Patch } from './warp-patch.ts';

/**
 * Scales a photo to a square patch.
 *
 * fit: `squeeze` keeps all of it and changes its proportions (bilinear); `crop` scales the shorter side and cuts the
 * middle out (bicubic, Catmull-Rom as in Pillow, antialiased).
 */
export async function wholePatch(photo: Photo, sizePx: number, fit: 'squeeze' | 'crop'): Promise<Patch> {
  const pixels = await sharp(photo.rgb, {
    raw: { width: photo.widthPx, height: photo.heightPx, channels: 3 },
  })
    .resize(
      sizePx,
      sizePx,
      fit === 'crop' ? { fit: 'cover', kernel: 'cubic' } : { fit: 'fill', kernel: 'linear' },
    )
    .raw()
    .toBuffer();
  return { sizePx, rgb: Float32Array.from(pixels) };
}
