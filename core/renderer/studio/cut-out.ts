import sharp from 'sharp';
import type { FivePoints } from '#core/domain/face.ts';
import { colourModel } from './colour-model.ts';
import { type FaceFrame, faceFrame } from './face-frame.ts';
import { guidedFilter } from './guided-filter.ts';
import { keepConnected } from './keep-connected.ts';
import { clamp, smoothstep } from './noise.ts';

/** A head cut out of a photo. All points are in pixels of `rgb`. */
export interface CutOut {
  readonly width: number;
  readonly height: number;
  /** Interleaved sRGB in [0, 1]. */
  readonly rgb: Float32Array;
  /** How much of each pixel is the person, in [0, 1]. */
  readonly alpha: Float32Array;
  readonly frame: FaceFrame;
}

/** Width of the face while it is being cut, px: enough for hair, small enough to be quick. */
const MATTE_FACE_PX = 56;

/**
 * Cuts the head and neck out of a photo with a soft edge, scaled so that the face is `faceWidthPx` wide.
 *
 * The edge comes from two colour models (person and background), learnt from where the landmarks say they are, and
 * from that shape itself where the colours do not tell the two apart.
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
  const pixels = await head
    .clone()
    .resize(size.width, size.height, { fit: 'fill', kernel: 'lanczos3' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const rgb = Float32Array.from(pixels, (value) => value / 255);
  const moved = moveFrame(frame, crop, scale);

  const small = shrinkTo(size, MATTE_FACE_PX / faceWidthPx);
  const smallPixels = await head
    .clone()
    .resize(small.width, small.height, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const coarse = matte(
    Float32Array.from(smallPixels, (value) => value / 255),
    small,
    scaleFrame(moved, small.width / size.width),
  );
  const alpha = refineEdge(coarse, small, rgb, size, crop);
  return { ...size, rgb, alpha, frame: moved };
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

/**
 * Where the person is expected, as log odds: the head's ellipse with hair, the neck, the shoulders below.
 * In units of the face, upright along the head's own axis.
 */
function shapePrior(frame: FaceFrame, x: number, y: number): number {
  const cos = Math.cos(frame.roll);
  const sin = Math.sin(frame.roll);
  const dx = x - frame.eyes[0];
  const dy = y - frame.eyes[1];
  const u = (dx * cos + dy * sin) / frame.width;
  const v = (dy * cos - dx * sin) / frame.eyesToChin;
  const face = 1 - Math.hypot(u / 0.5, (v - 0.05) / 0.97);
  const hair = 1 - Math.hypot(u / 0.68, (v + 0.16) / 1.25);
  const neck = v > 0.5 ? 1 - Math.abs(u) / 0.34 : -1;
  const body = v > 1.25 ? 1 - Math.abs(u) / (0.5 + (v - 1.25) * 1.6) : -1;
  const locks = v > 0 ? 0.1 - Math.abs(Math.abs(u) - 0.5) : -1;
  if (face > 0.06) return 8;
  if (neck > 0.3 && v < 1.7) return 5;
  // Long or full hair reaches far: outside the ellipse the colours decide more than the shape.
  const beyond = Math.max(0, Math.abs(u) - 0.92) * 14 + Math.max(0, -1.2 - v) * 12;
  const mane = hair > 0 ? hair * 7 : hair * 2.6 - beyond;
  return clamp(Math.max(mane, neck * 4, body * 5, locks * 2) - 0.4, -6, 4);
}

function matte(rgb: Float32Array, size: { width: number; height: number }, frame: FaceFrame): Float32Array {
  const count = size.width * size.height;
  const prior = new Float32Array(count);
  for (let i = 0; i < count; i++) prior[i] = shapePrior(frame, i % size.width, Math.floor(i / size.width));
  let odds: Float32Array = prior;
  for (let round = 0; round < 4; round++) {
    const person = colourModel(rgb, (i) => (odds[i] ?? 0) > 0.8);
    const background = colourModel(rgb, (i) =>
      round === 0 ? isBorder(i, size, frame) : (odds[i] ?? 0) < -0.8,
    );
    if (!person || !background) break;
    const colour = new Float32Array(count);
    for (let i = 0; i < count; i++) colour[i] = clamp(person(rgb, i) - background(rgb, i), -6, 6);
    const joined = colour.map((value, i) => value * 0.9 + (prior[i] ?? 0) * (round === 0 ? 1 : 0.85));
    odds = guidedFilter(joined, rgb, size, 2, 0.004);
  }
  const alpha = odds.map((value) => 1 / (1 + Math.exp(-value * 1.6)));
  return keepConnected(
    alpha,
    size.width,
    Math.round(frame.centre[1]) * size.width + Math.round(frame.centre[0]),
  );
}

/** The photo's rim above the shoulders: background, but for hair that leaves the picture. */
function isBorder(index: number, size: { width: number; height: number }, frame: FaceFrame): boolean {
  const x = index % size.width;
  const y = Math.floor(index / size.width);
  const rim = Math.max(2, size.width * 0.05);
  const inRim = x < rim || x >= size.width - rim || y < rim * 0.6;
  const isAbove = y < frame.eyes[1] + frame.eyesToChin * 0.8;
  return inRim && isAbove && Math.abs(x - frame.eyes[0]) > frame.width * 0.55;
}

/** Brings the coarse matte to full size along the photo's own edges, and fades it where the photo itself ends. */
function refineEdge(
  coarse: Float32Array,
  small: { width: number; height: number },
  rgb: Float32Array,
  size: { width: number; height: number },
  crop: { top: number },
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
  const fine = guidedFilter(large, rgb, size, radius, 0.0006);
  const fade = Math.max(3, size.width * 0.02);
  return fine.map((value, i) => {
    const x = i % size.width;
    const y = Math.floor(i / size.width);
    const side = smoothstep(0, fade, Math.min(x, size.width - 1 - x));
    const top = crop.top === 0 ? smoothstep(0, fade * 2, y) : 1;
    return smoothstep(0.16, 0.9, value) * side * top;
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
