import sharp, { type Sharp } from 'sharp';
import type { FivePoints } from '#core/domain/face.ts';
import { type FaceFrame, faceFrame } from './face-frame.ts';
import { guidedFilter } from './guided-filter.ts';
import { headMatte } from './head-matte.ts';
import { isTrusted, judgeOutline } from './judge-outline.ts';
import { clamp, smoothstep } from './noise.ts';
import { ovalMask } from './oval-mask.ts';

/** A head cut out of a photo. All points are in pixels of `rgb`. */
export interface CutOut {
  readonly width: number;
  readonly height: number;
  /** Interleaved sRGB in [0, 1]. */
  readonly rgb: Float32Array;
  /** How much of each pixel is the person, in [0, 1]. */
  readonly alpha: Float32Array;
  readonly frame: FaceFrame;
  /** Whether the head has an outline of its own; else `alpha` is a soft oval, and something must be drawn round it. */
  readonly hasOutline: boolean;
}

/** Width of the face while it is being cut, px: enough for hair, small enough to be quick. */
const MATTE_FACE_PX = 56;

/**
 * Cuts the head and neck out of a photo with a soft edge, scaled so that the face is `faceWidthPx` wide.
 *
 * Where the outline that `headMatte()` finds cannot be trusted, only the face and what lies close about it is kept.
 * @throws {Error} when the image cannot be decoded.
 */
export async function cutOutHead(
  image: Uint8Array,
  landmarks: FivePoints,
  faceWidthPx: number,
): Promise<CutOut> {
  const upright = await sharp(image)
    .rotate()
    .flatten({ background: '#808080' })
    .toColourspace('srgb')
    .toBuffer({ resolveWithObject: true });
  const frame = faceFrame(landmarks);
  const crop = cropAround(frame, upright.info.width, upright.info.height);
  const scale = faceWidthPx / frame.width;
  const size = {
    width: Math.max(8, Math.round(crop.width * scale)),
    height: Math.max(8, Math.round(crop.height * scale)),
  };
  const head = sharp(upright.data).extract(crop);
  const rgb = await readPixels(head, size);
  const moved = moveFrame(frame, crop, scale);

  const small = shrinkTo(size, MATTE_FACE_PX / faceWidthPx);
  const smallFrame = scaleFrame(moved, small.width / size.width);
  const coarse = headMatte(await readPixels(head, small), small, smallFrame);
  const hasOutline = isTrusted(judgeOutline(coarse, small, smallFrame));
  const fine = refineEdge(coarse, small, rgb, size);
  const mask = hasOutline ? fine : ovalMask({ ...size, rgb, alpha: fine, frame: moved });
  const alpha = fadeAtRim(mask, size, size.width * (hasOutline ? 0.02 : 0.05));
  return { ...size, rgb, alpha, frame: moved, hasOutline };
}

/** Interleaved sRGB in [0, 1] at another size. */
async function readPixels(
  photo: Sharp,
  { width, height }: { width: number; height: number },
): Promise<Float32Array> {
  const resized = photo.clone().resize(width, height, { fit: 'fill', kernel: 'lanczos3' });
  return Float32Array.from(await resized.removeAlpha().raw().toBuffer(), (value) => value / 255);
}

function cropAround(frame: FaceFrame, imageWidth: number, imageHeight: number) {
  const left = clamp(Math.floor(frame.eyes[0] - frame.width * 1.5), 0, imageWidth - 2);
  const right = clamp(Math.ceil(frame.eyes[0] + frame.width * 1.5), left + 2, imageWidth);
  const top = clamp(Math.floor(frame.eyes[1] - frame.eyesToChin * 2), 0, imageHeight - 2);
  const bottom = clamp(Math.ceil(frame.eyes[1] + frame.eyesToChin * 2.3), top + 2, imageHeight);
  return { left, top, width: right - left, height: bottom - top };
}

function moveFrame(frame: FaceFrame, crop: { left: number; top: number }, scale: number): FaceFrame {
  const eyes = [(frame.eyes[0] - crop.left) * scale, (frame.eyes[1] - crop.top) * scale] as const;
  const centre = [(frame.centre[0] - crop.left) * scale, (frame.centre[1] - crop.top) * scale] as const;
  return { ...frame, eyes, centre, width: frame.width * scale, eyesToChin: frame.eyesToChin * scale };
}

function scaleFrame(frame: FaceFrame, scale: number): FaceFrame {
  return moveFrame(frame, { left: 0, top: 0 }, scale);
}

function shrinkTo(size: { width: number; height: number }, scale: number) {
  return {
    width: Math.max(8, Math.round(size.width * scale)),
    height: Math.max(8, Math.round(size.height * scale)),
  };
}

/** Brings the coarse matte to full size along the photo's own edges. */
function refineEdge(
  coarse: Float32Array,
  small: { width: number; height: number },
  rgb: Float32Array,
  size: { width: number; height: number },
): Float32Array {
  const large = new Float32Array(size.width * size.height);
  for (let y = 0, o = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++, o++)
      large[o] = bilinear(
        coarse,
        small,
        (x / size.width) * small.width - 0.5,
        (y / size.height) * small.height - 0.5,
      );
  const radius = Math.max(2, Math.round((size.width / small.width) * 1.6));
  return guidedFilter(large, rgb, size, radius, 0.0006).map((value) => smoothstep(0.16, 0.9, value));
}

/** Nothing reaches the photo's border: it would show as a straight edge. */
function fadeAtRim(
  alpha: Float32Array,
  { width, height }: { width: number; height: number },
  fadePx: number,
): Float32Array {
  const fade = Math.max(3, fadePx);
  return alpha.map((value, i) => {
    const x = i % width;
    const y = Math.floor(i / width);
    const side = smoothstep(0, fade, Math.min(x, width - 1 - x));
    return value * side * smoothstep(0, fade * 2, Math.min(y, height - 1 - y));
  });
}

function bilinear(
  plane: Float32Array,
  { width, height }: { width: number; height: number },
  x: number,
  y: number,
): number {
  const px = clamp(x, 0, width - 1.001);
  const py = clamp(y, 0, height - 1.001);
  const x0 = Math.floor(px);
  const y0 = Math.floor(py);
  const fx = px - x0;
  const fy = py - y0;
  const i = y0 * width + x0;
  const top = (plane[i] ?? 0) * (1 - fx) + (plane[i + 1] ?? 0) * fx;
  const bottom = (plane[i + width] ?? 0) * (1 - fx) + (plane[i + width + 1] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}
