import { ModelPackError } from '#core/errors.ts';
import type { Vision } from '#core/vision/vision.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import { COLOUR_TEXTURE } from './colour-texture.ts';
import { openPhotoAnalyzer } from './open-photo-analyzer.ts';
import type { SessionOptions } from './open-session.ts';

/**
 * Opens a pack as `Vision`, its networks in this process over ONNX Runtime.
 *
 * @throws {ModelPackError} when the pack has no face encoder with a calibration, or a file does not load.
 */
export async function openOnnxVision(pack: PreparedPack, options?: SessionOptions): Promise<Vision> {
  const spec = pack.manifest.faceEncoder;
  if (!spec?.calibration)
    throw new ModelPackError(
      `The pack "${pack.manifest.name}" has no calibrated face encoder; choose another pack`,
    );
  const analyzer = await openPhotoAnalyzer(pack, options);
  return {
    ...analyzer,
    faceEncoder: { id: spec.id, dim: spec.dim, calibration: spec.calibration },
    styleEncoder: COLOUR_TEXTURE,
  };
}
