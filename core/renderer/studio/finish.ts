import type { Canvas } from './canvas.ts';
import type { Look } from './look.ts';
import { clamp } from './noise.ts';

/** Ties a picture together: one grade over all of it, a soft vignette and film grain. */
export function finish(canvas: Canvas, look: Look, random: () => number): void {
  const { width, height, rgb } = canvas;
  const [hr, hg, hb] = look.haze;
  const grain = Float32Array.from({ length: 4096 }, () => (random() + random() - 1) * 0.022);
  let g = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const dy = (y / height - 0.48) * 1.05;
    for (let x = 0; x < width; x++, i += 3) {
      const dx = x / width - 0.5;
      const vignette = 1 - 0.72 * Math.max(0, dx * dx + dy * dy - 0.11);
      g = (g + 1 + (i & 7)) & 4095;
      const speck = grain[g] ?? 0;
      rgb[i] = grade(rgb[i] ?? 0, hr) * vignette + speck;
      rgb[i + 1] = grade(rgb[i + 1] ?? 0, hg) * vignette + speck;
      rgb[i + 2] = grade(rgb[i + 2] ?? 0, hb) * vignette + speck;
    }
  }
}

/** A gentle S-curve, and shadows lifted a little towards the colour of the air. */
function grade(value: number, air: number): number {
  const v = clamp(value);
  const curved = v + 0.1 * (v - 0.5) * (1 - Math.abs(2 * v - 1));
  return curved + (1 - curved) * (1 - v) ** 3 * air * 0.07;
}

/** 8-bit interleaved RGB. */
export function toBytes({ rgb }: Canvas): Buffer {
  const bytes = Buffer.allocUnsafe(rgb.length);
  for (let i = 0; i < rgb.length; i++) {
    const value = Math.round((rgb[i] ?? 0) * 255);
    bytes[i] = value < 0 ? 0 : Math.min(value, 255);
  }
  return bytes;
}
