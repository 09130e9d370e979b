import { colourModel } from './colour-model.ts';
import { type FaceFrame, inFace } from './face-frame.ts';
import { guidedFilter } from './guided-filter.ts';
import { keepConnected } from './keep-connected.ts';
import { clamp } from './noise.ts';

/**
 * Says how much of each pixel of a small picture is the person, in [0, 1]: two colour models (person and background),
 * learnt from where the landmarks say they are, and that shape itself where the colours do not tell the two apart.
 *
 * rgb: interleaved sRGB in [0, 1]; a face of about 56 px is enough for hair.
 */
export function headMatte(
  rgb: Float32Array,
  size: { width: number; height: number },
  frame: FaceFrame,
): Float32Array {
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

/**
 * Where the person is expected, as log odds: the head's ellipse with hair, the neck, the shoulders below.
 * In units of the face, upright along the head's own axis.
 */
function shapePrior(frame: FaceFrame, x: number, y: number): number {
  const { u, v } = inFace(frame, x, y);
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

/** The photo's rim above the shoulders: background, but for hair that leaves the picture. */
function isBorder(index: number, size: { width: number; height: number }, frame: FaceFrame): boolean {
  const x = index % size.width;
  const y = Math.floor(index / size.width);
  const rim = Math.max(2, size.width * 0.05);
  const inRim = x < rim || x >= size.width - rim || y < rim * 0.6;
  const isAbove = y < frame.eyes[1] + frame.eyesToChin * 0.8;
  return inRim && isAbove && Math.abs(x - frame.eyes[0]) > frame.width * 0.55;
}
