import sharp, { type Sharp } from 'sharp';
import type { RenderReference } from '#core/renderer/renderer.ts';

const SIDE = 32;

/**
 * Looks for the reference's face in a picture: slides its grey face over the picture at several sizes and takes the
 * best normalised correlation, in [-1, 1], with the width of the face there. `shares` are the widths of the reference's
 * box that are tried, as shares of the root of the picture's area.
 */
export async function faceIn(
  picture: Uint8Array,
  reference: RenderReference,
  shares: readonly number[] = [0.18, 0.22, 0.24, 0.26, 0.28, 0.3],
): Promise<{ similarity: number; widthPx: number }> {
  if (!reference.face) throw new RangeError('Cannot look for a reference without a face');
  const { box } = reference.face;
  const wanted = await grey(
    sharp(reference.image)
      .extract({ left: box.x, top: box.y, width: box.width, height: box.height })
      .resize(SIDE, SIDE, { fit: 'fill' }),
  );
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  let best = { similarity: -1, widthPx: 0 };
  for (const share of shares) {
    const widthPx = share * Math.sqrt(width * height);
    const scale = SIDE / widthPx;
    const aspect = box.height / box.width;
    const size = { width: Math.round(width * scale), height: Math.round((height * scale) / aspect) };
    const pixels = await grey(sharp(picture).resize(size.width, size.height, { fit: 'fill' }));
    for (let y = 0; y + SIDE <= size.height; y++)
      for (let x = 0; x + SIDE <= size.width; x++) {
        const similarity = correlation(
          wanted,
          (i) => pixels[(y + Math.floor(i / SIDE)) * size.width + x + (i % SIDE)] ?? 0,
        );
        if (similarity > best.similarity) best = { similarity, widthPx: Math.round(widthPx) };
      }
  }
  return best;
}

async function grey(image: Sharp): Promise<Buffer> {
  return image.flatten().greyscale().raw().toBuffer();
}

function correlation(wanted: Buffer, at: (index: number) => number): number {
  let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
  wanted.forEach((left, i) => {
    const right = at(i);
    a += left;
    b += right;
    aa += left * left;
    bb += right * right;
    ab += left * right;
  });
  const n = wanted.length;
  const spread = Math.sqrt((aa - (a * a) / n) * (bb - (b * b) / n));
  return spread === 0 ? 0 : (ab - (a * b) / n) / spread;
}
