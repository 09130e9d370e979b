import { hash } from './noise.ts';
import { at, clamp } from './numbers.ts';

/** Linear light to 8-bit sRGB with a soft shoulder, film grain and a little vignette. */
export function develop(picture: Float32Array, width: number, height: number, exposure: number): Uint8Array {
  const out = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const edge = ((x / width - 0.5) ** 2 + (y / height - 0.48) ** 2) * 0.55;
      const grain = (hash(x, y, 91) + hash(x, y, 92) - 1) * 0.011;
      for (let c = 0; c < 3; c++) {
        const tone = film(at(picture, pixel * 3 + c) * exposure * (1 - edge));
        out[pixel * 3 + c] = Math.round(clamp(encode(tone) + grain) * 255);
      }
    }
  }
  return out;
}

/** A filmic curve: a gentle toe, and highlights that roll off instead of clipping (Hable's shape, refitted). */
function film(x: number): number {
  const curve = (v: number) => (v * (0.22 * v + 0.03) + 0.002) / (v * (0.22 * v + 0.3) + 0.06) - 0.002 / 0.06;
  return clamp(curve(x * 2.1) / curve(8.5));
}

const encode = (x: number): number => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);

/** Averages blocks of size x size pixels: the anti-aliasing. */
export function reduced(picture: Float32Array, width: number, height: number, size: number): Float32Array {
  const [w, h] = [width / size, height / size];
  const out = new Float32Array(w * h * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = (Math.floor(y / size) * w + Math.floor(x / size)) * 3;
      const from = (y * width + x) * 3;
      for (let c = 0; c < 3; c++)
        out[to + c] = at(out, to + c) + Math.min(at(picture, from + c), 4) / (size * size);
    }
  }
  return out;
}
