import type { Photo } from '#core/imaging/read-photo.ts';
import type { DetectorSpec } from '#models/manifest.ts';
import { decodeYunet } from './decode-yunet.ts';
import { type Detection, keepSurest } from './detection.ts';
import type { FaceDetector, FoundFace } from './face-detector.ts';
import type { Session } from './open-session.ts';
import { photoTensor } from './photo-tensor.ts';

/** Long sides of the pooled scales, px. One scale misses faces that fill the frame (models.md section 2). */
const SIDES_PX = [640, 320];
/** Tried only when the others find nothing. */
const LAST_SIDE_PX = 160;
/** Sizes of face, in pixels of its scale, that the detector is sure about; others count less. */
const TRUSTED_PX = { min: 16, max: 280, trustOutside: 0.8 };

/** YuNet, which gives the five points itself, pooled over several scales of the photo. */
export function yunetDetector(
  session: Session,
  { scoreThreshold, nmsThreshold }: DetectorSpec,
): FaceDetector {
  const detectAt = async (photo: Photo, sidePx: number): Promise<Detection[]> => {
    const tensor = await photoTensor(photo, { sidePx, colour: 'bgr' });
    const outputs = await session.run({ data: tensor.data, shape: [1, 3, tensor.height, tensor.width] });
    const numbers = (name: string) => outputs.get(name)?.data ?? new Float32Array();
    return decodeYunet(numbers, tensor, scoreThreshold)
      .map((found) => weigh(found, tensor.scale))
      .filter(({ score }) => score >= scoreThreshold);
  };
  return {
    async detect(photo, signal) {
      const pooled: Detection[] = [];
      for (const sidePx of SIDES_PX) {
        pooled.push(...(await detectAt(photo, sidePx)));
        signal.throwIfAborted();
      }
      if (pooled.length === 0) pooled.push(...(await detectAt(photo, LAST_SIDE_PX)));
      return keepSurest(pooled, nmsThreshold).filter(hasLandmarks);
    },
    close: () => session.close(),
  };
}

function weigh(found: Detection, scale: number): Detection {
  const sizePx = Math.sqrt(found.box.width * found.box.height) * scale;
  const trusted = sizePx >= TRUSTED_PX.min && sizePx <= TRUSTED_PX.max;
  return trusted ? found : { ...found, score: found.score * TRUSTED_PX.trustOutside };
}

function hasLandmarks(found: Detection): found is FoundFace {
  return found.landmarks !== undefined;
}
