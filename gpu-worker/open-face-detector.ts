import { ModelPackError } from '#core/errors.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import { faceApiDetector } from './face-api-detector.ts';
import type { FaceDetector } from './face-detector.ts';
import { openSession, type SessionOptions } from './open-session.ts';
import { yunetDetector } from './yunet-detector.ts';

/**
 * Opens the face detector of a pack.
 *
 * @throws {ModelPackError} when the pack has none, or one without the landmarks that it needs, or a file does not load.
 */
export async function openFaceDetector(
  { manifest, path }: PreparedPack,
  options: SessionOptions,
): Promise<FaceDetector> {
  const { detector, landmarks } = manifest;
  if (detector?.kind === 'yunet')
    return yunetDetector(await openSession(path(detector.file), options), detector);
  if (detector?.kind === 'face-api-ssd' && landmarks) {
    await using opening = new AsyncDisposableStack();
    const boxes = opening.adopt(await openSession(path(detector.file), options), (one) => one.close());
    const sessions = { boxes, landmarks: await openSession(path(landmarks.file), options) };
    opening.move();
    return faceApiDetector(sessions, detector);
  }
  throw new ModelPackError(
    `The pack "${manifest.name}" has no face detector that works here; choose another`,
  );
}
