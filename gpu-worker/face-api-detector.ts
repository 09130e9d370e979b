import type { Photo } from '#core/imaging/read-photo.ts';
import type { DetectorSpec } from '#models/manifest.ts';
import { decodeSsd } from './decode-ssd.ts';
import { type Detection, keepSurest } from './detection.ts';
import type { FaceDetector } from './face-detector.ts';
import { fivePoints } from './five-points.ts';
import { locateLandmarks } from './locate-landmarks.ts';
import type { Session } from './open-session.ts';
import { photoSquare } from './photo-square.ts';

/** The network's own square input, px. */
const SIDE_PX = 512;
/** Tried only when nothing is found: a face that fills the frame is found when the frame is small. */
const LAST_SIDE_PX = 256;

/** A crowd is no portrait; its surest faces are enough. */
const MAX_FACES = 16;

/** face-api's SSD detector, with the five points out of its 68-point landmark network. */
export function faceApiDetector(
  sessions: { readonly boxes: Session; readonly landmarks: Session },
  { scoreThreshold, nmsThreshold }: DetectorSpec,
): FaceDetector {
  const detectAt = async (photo: Photo, sidePx: number): Promise<Detection[]> => {
    const square = await photoSquare(photo, sidePx, SIDE_PX);
    const outputs = await sessions.boxes.run({ data: square.data, shape: [1, SIDE_PX, SIDE_PX, 3] });
    const numbers = (name: string) => outputs.get(name)?.data ?? new Float32Array();
    const found = decodeSsd({ boxes: numbers('boxes'), scores: numbers('scores') }, square, scoreThreshold);
    return keepSurest(found, nmsThreshold).slice(0, MAX_FACES);
  };
  return {
    sidePx: SIDE_PX,
    async find(photo, signal) {
      const found = await detectAt(photo, SIDE_PX);
      signal.throwIfAborted();
      return found.length > 0 ? found : detectAt(photo, LAST_SIDE_PX);
    },
    async place(photo, found) {
      const points = await locateLandmarks(
        photo,
        found.map(({ box }) => box),
        sessions.landmarks,
      );
      return found.map(({ box, score }, i) => ({ box, score, landmarks: fivePoints(points[i] ?? []) }));
    },
    async close() {
      await Promise.all([sessions.boxes.close(), sessions.landmarks.close()]);
    },
  };
}
