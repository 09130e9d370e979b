import { blurPlane } from './canvas.ts';
import { luma } from './colour.ts';

/**
 * Smooths `plane` without crossing the edges of the picture `rgb`; a larger `softness` crosses fainter edges.
 * Source: He, Sun, Tang, "Guided image filtering" (2010), with the picture's luma as the guide.
 */
export function guidedFilter(
  plane: Float32Array,
  rgb: Float32Array,
  { width, height }: { width: number; height: number },
  radius: number,
  softness: number,
): Float32Array {
  const guide = new Float32Array(plane.length);
  for (let p = 0, i = 0; p < guide.length; p++, i += 3)
    guide[p] = luma(rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0);
  const blur = (values: Float32Array) => blurPlane(values, width, height, radius);
  const meanGuide = blur(guide);
  const meanPlane = blur(plane);
  const slope = blur(guide.map((value, i) => value * (plane[i] ?? 0)));
  const variance = blur(guide.map((value) => value * value));
  const offset = new Float32Array(plane.length);
  for (let i = 0; i < slope.length; i++) {
    const mg = meanGuide[i] ?? 0;
    const mp = meanPlane[i] ?? 0;
    const a = ((slope[i] ?? 0) - mg * mp) / ((variance[i] ?? 0) - mg * mg + softness);
    slope[i] = a;
    offset[i] = mp - a * mg;
  }
  const meanSlope = blur(slope);
  const meanOffset = blur(offset);
  return guide.map((value, i) => (meanSlope[i] ?? 0) * value + (meanOffset[i] ?? 0));
}
