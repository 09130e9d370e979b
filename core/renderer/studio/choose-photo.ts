import sharp from 'sharp';
import type { RenderReference } from '../renderer.ts';
import { faceFrame } from './face-frame.ts';

/** Side of the thumbnail that is judged, px. */
const THUMBNAIL_PX = 64;

type FacePhoto = RenderReference & { readonly face: NonNullable<RenderReference['face']> };

/** The identity reference that can be cut out most cleanly: the one with the plainest background. */
export async function choosePhoto(references: readonly RenderReference[]): Promise<FacePhoto | undefined> {
  const photos = references.filter(
    (one): one is FacePhoto => one.role === 'identity' && one.face !== undefined,
  );
  if (photos.length < 2) return photos[0];
  const clutter = await Promise.all(photos.map(measureClutter));
  return photos[clutter.indexOf(Math.min(...clutter))];
}

/** Mean step between neighbouring pixels beside and above the head, on the 0-255 scale. */
async function measureClutter({ image, face }: FacePhoto): Promise<number> {
  const upright = sharp(await sharp(image).rotate().toBuffer());
  const { width } = await upright.metadata();
  const { data, info } = await upright
    .resize(THUMBNAIL_PX)
    .flatten({ background: '#808080' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const scale = THUMBNAIL_PX / width;
  const frame = faceFrame(face.landmarks);
  const chinY = (frame.eyes[1] + frame.eyesToChin) * scale;
  let sum = 0;
  let count = 0;
  for (let y = 1; y < Math.min(chinY, info.height); y++)
    for (let x = 1; x < info.width; x++) {
      const u = (x / scale - frame.eyes[0]) / frame.width;
      const v = (y / scale - frame.eyes[1]) / frame.eyesToChin;
      if (Math.hypot(u / 0.85, (v + 0.15) / 1.4) < 1) continue;
      const i = y * info.width + x;
      sum +=
        Math.abs((data[i] ?? 0) - (data[i - 1] ?? 0)) +
        Math.abs((data[i] ?? 0) - (data[i - info.width] ?? 0));
      count++;
    }
  return count === 0 ? Number.POSITIVE_INFINITY : sum / count;
}
