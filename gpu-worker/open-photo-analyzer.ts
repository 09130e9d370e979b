import type { Box, Face, FaceQuality, FivePoints } from '#core/domain/face.ts';
import { ModelPackError } from '#core/errors.ts';
import { photoHeader } from '#core/imaging/photo-header.ts';
import { type Photo, readPhoto } from '#core/imaging/read-photo.ts';
import type { Vision } from '#core/vision/vision.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import type { FaceDetector, FoundFace, Sighting } from './face-detector.ts';
import { type FaceEmbedder, faceEmbedder } from './face-embedder.ts';
import { faceQuality } from './face-quality.ts';
import { localStyleEncoder } from './local-style-encoder.ts';
import { mapPoints } from './map-points.ts';
import { openFaceDetector } from './open-face-detector.ts';
import { openSession, type SessionOptions } from './open-session.ts';
import { openStyleEncoder } from './open-style-encoder.ts';
import { pointsInBox } from './points-in-box.ts';
import type { StyleEncoder } from './style-encoder.ts';

/** Larger photos are read at this size: enough for the smallest face that counts. */
const WORKING_SIDE_PX = 2048;
/**
 * A face of this many pixels on a side holds all that the encoders' crops show of one (they are 112 to 150 px with
 * hair and chin), so a photo whose faces are that large at the detector's own size is not read any larger: decoding
 * and shrinking cost the most (measured: 2048 px photo 97 -> 60 ms).
 */
const ENOUGH_FACE_PX = 120;
const WARM_UP_PX = 64;

/** `Vision` without the meaning of its numbers: what `idlock evaluate` calibrates an encoder with. */
export type PhotoAnalyzer = Pick<Vision, 'analyze' | 'styleEncoder' | 'close'>;

/**
 * Opens the networks of a pack in this process and runs each once.
 *
 * stylePack: the one whose style encoder is used; without it, the local descriptor.
 * @throws {ModelPackError} when the pack has no face encoder or detector, or a file does not load.
 */
export async function openPhotoAnalyzer(
  pack: PreparedPack,
  options: SessionOptions = { threads: 1, provider: 'cpu' },
  stylePack?: PreparedPack,
): Promise<PhotoAnalyzer> {
  const spec = pack.manifest.faceEncoder;
  if (!spec) throw new ModelPackError(`The pack "${pack.manifest.name}" has no face encoder; choose another`);
  await using opening = new AsyncDisposableStack();
  const detector = opening.adopt(await openFaceDetector(pack, options), (one) => one.close());
  const session = await openSession(pack.path(spec.file), options);
  const embedder = opening.adopt(faceEmbedder(session, spec), (one) => one.close());
  const look = stylePack ? await openStyleEncoder(stylePack, options) : localStyleEncoder();
  opening.adopt(look, (one) => one.close());
  await warmUp(detector, embedder, look);
  const opened = opening.move();

  return {
    styleEncoder: look.encoder,
    async analyze(image, signal) {
      const { widthPx, heightPx } = await photoHeader(image);
      const { photo, found } = await findFaces(image, Math.max(widthPx, heightPx), detector, signal);
      const style = await look.encode(photo);
      signal.throwIfAborted();
      found.sort(byArea);
      const vectors = await embedder.embed(photo, found);
      const qualities = found.map((face) => faceQuality(photo, face));
      const scale = widthPx / photo.widthPx;
      const faces = found.map((face, i) => toFace(face, qualities[i], vectors[i], scale));
      return { widthPx, heightPx, faces, style };
    },
    close: () => opened.disposeAsync(),
  };
}

/** Finds the faces at the detector's own size, then reads the photo as large as they need for their points. */
async function findFaces(
  image: Uint8Array,
  longSidePx: number,
  detector: FaceDetector,
  signal: AbortSignal,
): Promise<{ photo: Photo; found: FoundFace[] }> {
  const glance = await readPhoto(image, signal, { maxSidePx: detector.sidePx });
  const sightings = await detector.find(glance, signal);
  const isLarge = ({ box }: Sighting) => Math.min(box.width, box.height) >= ENOUGH_FACE_PX;
  if (longSidePx <= detector.sidePx || sightings.every(isLarge)) {
    return { photo: glance, found: await detector.place(glance, sightings, signal) };
  }
  const photo = await readPhoto(image, signal, { maxSidePx: WORKING_SIDE_PX });
  const scale = photo.widthPx / glance.widthPx;
  const enlarged = sightings.map((one) => growSighting(one, scale));
  return { photo, found: await detector.place(photo, enlarged, signal) };
}

function growSighting({ box, score, landmarks }: Sighting, scale: number): Sighting {
  return { box: growBox(box, scale), score, ...(landmarks && { landmarks: growPoints(landmarks, scale) }) };
}

/** Runs everything once: the first run of a session allocates and is several times slower. */
async function warmUp(detector: FaceDetector, embedder: FaceEmbedder, style: StyleEncoder): Promise<void> {
  const grey: Photo = {
    widthPx: WARM_UP_PX,
    heightPx: WARM_UP_PX,
    rgb: new Uint8Array(WARM_UP_PX * WARM_UP_PX * 3).fill(128),
  };
  const box = { x: 0, y: 0, width: WARM_UP_PX, height: WARM_UP_PX };
  const { signal } = new AbortController();
  await detector.find(grey, signal);
  await detector.place(grey, [{ box, score: 1 }], signal);
  await embedder.embed(grey, [{ box, score: 1, landmarks: pointsInBox(box) }]);
  await style.encode(grey);
}

/** The face in pixels of the whole photo. Each found face has its quality and vector: the lists run together. */
function toFace(
  { box, score, landmarks }: FoundFace,
  quality: FaceQuality | undefined,
  embedding: Float32Array | undefined,
  scale: number,
): Face {
  if (!quality || !embedding) throw new RangeError('Cannot read a face that was not measured');
  return {
    box: growBox(box, scale),
    landmarks: growPoints(landmarks, scale),
    detectorScore: score,
    quality: { ...quality, sizePx: quality.sizePx * scale },
    embedding,
  };
}

function growBox({ x, y, width, height }: Box, scale: number): Box {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
}

function growPoints(points: FivePoints, scale: number): FivePoints {
  return mapPoints(points, ([x, y]) => [x * scale, y * scale]);
}

function byArea(a: FoundFace, b: FoundFace): number {
  return b.box.width * b.box.height - a.box.width * a.box.height;
}
