import sharp from 'sharp';
import type { Rgb } from './colour.ts';
import { clamp } from './noise.ts';

/** What is painted on: interleaved sRGB in [0, 1]. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly rgb: Float32Array;
}

export function newCanvas(width: number, height: number): Canvas {
  return { width, height, rgb: new Float32Array(width * height * 3) };
}

/** Puts `colour` over the pixel at `index` (y * width + x). */
export function putOver({ rgb }: Canvas, index: number, colour: Rgb, alpha: number): void {
  const i = index * 3;
  for (let c = 0; c < 3; c++) rgb[i + c] = (rgb[i + c] ?? 0) * (1 - alpha) + (colour[c] ?? 0) * alpha;
}

/** Adds light to the pixel at `index` without burning out (screen). */
export function addLight({ rgb }: Canvas, index: number, colour: Rgb, amount: number): void {
  const i = index * 3;
  for (let c = 0; c < 3; c++)
    rgb[i + c] = 1 - (1 - (rgb[i + c] ?? 0)) * (1 - clamp((colour[c] ?? 0) * amount));
}

/** Draws SVG elements, in canvas pixels, over what is there. */
export async function drawSvg(canvas: Canvas, elements: string): Promise<void> {
  const pixels = await rasterise(canvas.width, canvas.height, elements);
  const { rgb } = canvas;
  for (let i = 0, p = 0; i < rgb.length; i += 3, p += 4) {
    const alpha = (pixels[p + 3] ?? 0) / 255;
    if (alpha === 0) continue;
    for (let c = 0; c < 3; c++)
      rgb[i + c] = (rgb[i + c] ?? 0) * (1 - alpha) + ((pixels[p + c] ?? 0) / 255) * alpha;
  }
}

/** RGBA bytes, alpha not multiplied in, of SVG elements on nothing. */
export async function rasterise(width: number, height: number, elements: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${elements}</svg>`;
  return sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer();
}

/** A larger copy, smooth. */
export function enlarge(from: Canvas, width: number, height: number): Canvas {
  const to = newCanvas(width, height);
  const scaleX = (from.width - 1) / Math.max(1, width - 1);
  const scaleY = (from.height - 1) / Math.max(1, height - 1);
  for (let y = 0, o = 0; y < height; y++) {
    const sy = y * scaleY;
    const y0 = Math.min(from.height - 2, Math.floor(sy));
    const fy = sy - y0;
    for (let x = 0; x < width; x++) {
      const sx = x * scaleX;
      const x0 = Math.min(from.width - 2, Math.floor(sx));
      const fx = sx - x0;
      const i = (y0 * from.width + x0) * 3;
      const below = i + from.width * 3;
      for (let c = 0; c < 3; c++, o++) {
        const top = (from.rgb[i + c] ?? 0) * (1 - fx) + (from.rgb[i + c + 3] ?? 0) * fx;
        const bottom = (from.rgb[below + c] ?? 0) * (1 - fx) + (from.rgb[below + c + 3] ?? 0) * fx;
        to.rgb[o] = top * (1 - fy) + bottom * fy;
      }
    }
  }
  return to;
}

/** A box blur of one plane, three times, which is near a Gaussian of sigma `radius`. */
export function blurPlane(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  let current = plane;
  for (let pass = 0; pass < 3; pass++) {
    current = blurRows(current, width, height, radius);
    current = blurColumns(current, width, height, radius);
  }
  return current;
}

function blurRows(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(plane.length);
  const span = radius * 2 + 1;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += plane[row + Math.min(width - 1, Math.max(0, k))] ?? 0;
    for (let x = 0; x < width; x++) {
      out[row + x] = sum / span;
      sum += plane[row + Math.min(width - 1, x + radius + 1)] ?? 0;
      sum -= plane[row + Math.max(0, x - radius)] ?? 0;
    }
  }
  return out;
}

function blurColumns(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(plane.length);
  const span = radius * 2 + 1;
  const sums = new Float32Array(width);
  for (let k = -radius; k <= radius; k++) {
    const row = Math.min(height - 1, Math.max(0, k)) * width;
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (plane[row + x] ?? 0);
  }
  for (let y = 0; y < height; y++) {
    const enter = Math.min(height - 1, y + radius + 1) * width;
    const leave = Math.max(0, y - radius) * width;
    for (let x = 0; x < width; x++) {
      out[y * width + x] = (sums[x] ?? 0) / span;
      sums[x] = (sums[x] ?? 0) + (plane[enter + x] ?? 0) - (plane[leave + x] ?? 0);
    }
  }
  return out;
}
