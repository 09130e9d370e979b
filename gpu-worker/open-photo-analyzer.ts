import type { Box, Face } from '#core/domain/face.ts';
import { ModelPackError } from '#core/errors.ts';
import { photoHeader } from '#core/imaging/photo-header.ts';
import { type Photo, readPhoto } from '#core/imaging/read-photo.ts';
import type { Vision } from '#core/vision/vision.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import { colourTexture } from './colour-texture.ts';
import { faceApiDetector } from './face-api-detector.ts';
import type { FaceDetector, FoundFace } from './face-detector.ts';
import { type FaceEmbedder, faceEmbedder } from './face-embedder.ts';
import { faceQuality } from './face-quality.ts';
import { mapPoints } from './map-points.ts';
import { openSession, type SessionOptions } from './open-session.ts';
import { pointsInBox } from './points-in-box.ts';
import { yunetDetector } from './yunet-detector.ts';

/** Larger photos are read at this size: no encoder sees more than 150 px of a face, and decoding costs the most. */
const WORKING_SIDE_PX = 1600;
const WARM_UP_PX = 64;

/** `Vision` without the meaning of its numbers: what `idlock evaluate` calibrates an encoder with. */
export type PhotoAnalyzer = Pick<Vision, 'analyze' | 'close'>;

/**
 * Opens the networks of a pack in this process and runs each once.
 *
 * @throws {ModelPackError} when the pack has no face encoder or detector, or a file does not load.
 */
export async function openPhotoAnalyzer(
  pack: PreparedPack,
  options: SessionOptions = { threads: 1, provider: 'cpu' },
): Promise<PhotoAnalyzer> {
  const spec = pack.manifest.faceEncoder;
  if (!spec) throw new ModelPackError(`The pack "${pack.manifest.name}" has no face encoder; choose another`);
  const detector = await openDetector(pack, options);
  const embedder = faceEmbedder(await openSession(pack.path(spec.file), options), spec);
  await warmUp(detector, embedder);

  return {
    async analyze(image, signal) {
      const { widthPx, heightPx } = await photoHeader(image);
      const photo = await readPhoto(image, signal, { maxSidePx: WORKING_SIDE_PX });
      const style = await colourTexture(photo);
      const found = (await detector.detect(photo, signal)).toSorted(byArea);
      signal.throwIfAborted();
      const vectors = await embedder.embed(photo, found);
      const scale = widthPx / photo.widthPx;
      const faces = found.map((face, i) => toFace(photo, face, vectors[i] ?? new Float32Array(), scale));
      return { widthPx, heightPx, faces, style };
    },
    async close() {
      await Promise.all([detector.close(), embedder.close()]);
    },
  };
}

async function openDetector(
  { manifest, path }: PreparedPack,
  options: SessionOptions,
): Promise<FaceDetector> {
  const { detector, landmarks } = manifest;
  if (detector?.kind === 'yunet')
    return yunetDetector(await openSession(path(detector.file), options), detector);
  if (detector?.kind === 'face-api-ssd' && landmarks?.kind === 'face-api-68')
    return faceApiDetector(
      {
        boxes: await openSession(path(detector.file), options),
        landmarks: await openSession(path(landmarks.file), options),
      },
      detector,
    );
  throw new ModelPackError(
    `The pack "${manifest.name}" has no face detector that works here; choose another`,
  );
}

/** Runs everything once: the first run of a session allocates and is several times slower. */
async function warmUp(detector: FaceDetector, embedder: FaceEmbedder): Promise<void> {
  const grey: Photo = {
    widthPx: WARM_UP_PX,
    heightPx: WARM_UP_PX,
    rgb: new Uint8Array(WARM_UP_PX * WARM_UP_PX * 3).fill(128),
  };
  const box = { x: 0, y: 0, width: WARM_UP_PX, height: WARM_UP_PX };
  await detector.detect(grey, new AbortController().signal);
  await embedder.embed(grey, [{ box, score: 1, landmarks: pointsInBox(box) }]);
}

function toFace(photo: Photo, face: FoundFace, embedding: Float32Array, scale: number): Face {
  const { box, score, landmarks } = face;
  const quality = faceQuality(photo, face);
  return {
    box: growBox(box, scale),
    landmarks: mapPoints(landmarks, ([x, y]) => [x * scale, y * scale]),
    detectorScore: score,
    quality: { ...quality, sizePx: quality.sizePx * scale },
    embedding,
  };
}

function growBox({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

function byArea(a: FoundFace, b: FoundFace): number {
  return b.box.width * b.box.height - a.box.width * a.box.height;
}
