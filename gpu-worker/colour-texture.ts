import sharp from 'sharp';
import type { Encoder } from '#core/domain/encoder.ts';
import { l2Normalize } from '#core/domain/face.ts';
import type { Photo } from '#core/imaging/read-photo.ts';

/** The style encoder of packs that bring none: a plain descriptor, no network, the same on every machine. */
export const COLOUR_TEXTURE: Encoder = { id: 'local/colour-texture@1', dim: 128 };

const THUMB_PX = 64;
/** Bins a side of the colour cube (lightness, red-green, blue-yellow): 4 x 4 x 4 = 64 numbers. */
const COLOUR_BINS = 4;
/** 4 x 4 cells with 4 edge directions each: 64 numbers. */
const GRID = 4;
const DIRECTIONS = 4;

/**
 * Describes the look of a picture by its colours (all over) and its edges (cell by cell).
 *
 * Returns Float32Array[128], L2-normalised, all numbers >= 0: cosines lie in [0, 1] and are high between any two
 * photos, so only their order means something.
 */
export async function colourTexture(photo: Photo): Promise<Float32Array> {
  const pixels = await sharp(photo.rgb, {
    raw: { width: photo.widthPx, height: photo.heightPx, channels: 3 },
  })
    .resize(THUMB_PX, THUMB_PX, { fit: 'fill' })
    .raw()
    .toBuffer();
  const halves = [coloursOf(pixels), edgesOf(pixels)].map(rootOfShares);
  return l2Normalize(Float32Array.from(halves.flatMap((half) => [...half])));
}

/** A histogram in which each pixel is shared by the bins around its colour: a slight change is a slight change. */
function coloursOf(pixels: Uint8Array): Float32Array {
  const bins = new Float32Array(COLOUR_BINS ** 3);
  for (let i = 0; i < pixels.length; i += 3) {
    const [r, g, b] = [(pixels[i] ?? 0) / 255, (pixels[i + 1] ?? 0) / 255, (pixels[i + 2] ?? 0) / 255];
    // Opponent colours, each in [0, 1]: cheap, and close enough to Lab for a histogram.
    share(bins, (r + g + b) / 3, (r - g + 1) / 2, ((r + g) / 2 - b + 1) / 2);
  }
  return bins;
}

function share(bins: Float32Array, lightness: number, redness: number, yellowness: number): void {
  const last = COLOUR_BINS - 1;
  const [x, y, z] = [lightness * last, redness * last, yellowness * last];
  const [left, low, near] = [Math.min(last - 1, x | 0), Math.min(last - 1, y | 0), Math.min(last - 1, z | 0)];
  for (let corner = 0; corner < 8; corner++) {
    const [i, j, k] = [corner & 1, (corner >> 1) & 1, corner >> 2];
    const weight =
      (i ? x - left : 1 - x + left) * (j ? y - low : 1 - y + low) * (k ? z - near : 1 - z + near);
    const bin = ((left + i) * COLOUR_BINS + low + j) * COLOUR_BINS + near + k;
    bins[bin] = (bins[bin] ?? 0) + weight;
  }
}

function edgesOf(pixels: Uint8Array): Float32Array {
  const cells = new Float32Array(GRID * GRID * DIRECTIONS);
  const grey = (x: number, y: number) => {
    const i = (y * THUMB_PX + x) * 3;
    return (pixels[i] ?? 0) + (pixels[i + 1] ?? 0) + (pixels[i + 2] ?? 0);
  };
  const cellPx = THUMB_PX / GRID;
  for (let y = 1; y < THUMB_PX - 1; y++)
    for (let x = 1; x < THUMB_PX - 1; x++) {
      const [dx, dy] = [grey(x + 1, y) - grey(x - 1, y), grey(x, y + 1) - grey(x, y - 1)];
      const turn = ((Math.atan2(dy, dx) + Math.PI) / Math.PI) * DIRECTIONS;
      const cell = Math.floor(y / cellPx) * GRID + Math.floor(x / cellPx);
      const low = Math.floor(turn) % DIRECTIONS;
      const part = turn - Math.floor(turn);
      const strength = Math.hypot(dx, dy);
      const [at, next] = [cell * DIRECTIONS + low, cell * DIRECTIONS + ((low + 1) % DIRECTIONS)];
      cells[at] = (cells[at] ?? 0) + strength * (1 - part);
      cells[next] = (cells[next] ?? 0) + strength * part;
    }
  return cells;
}

/** Square roots of the shares (Hellinger): many small values then weigh as much as one large. */
function rootOfShares(values: Float32Array): Float32Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum === 0 ? values : values.map((value) => Math.sqrt(value / sum));
}
