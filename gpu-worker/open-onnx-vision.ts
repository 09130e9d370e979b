import { ModelPackError } from '#core/errors.ts';
import type { Vision } from '#core/vision/vision.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import { openPhotoAnalyzer } from './open-photo-analyzer.ts';
import type { SessionOptions } from './open-session.ts';

/**
 * Opens a pack as `Vision`, its networks in this process over ONNX Runtime.
 *
 * stylePack: the one whose style encoder is used; without it, the local descriptor.
 * @throws {ModelPackError} when the pack has no face encoder with a calibration, the other no style encoder, or a file
 * does not load.
 */
export async function openOnnxVision(
  pack: PreparedPack,
  options?: SessionOptions,
  stylePack?: PreparedPack,
): Promise<Vision> {
  const spec = pack.manifest.faceEncoder;
  if (!spec?.calibration)
    throw new ModelPackError(
      `The pack "${pack.manifest.name}" has no calibrated face encoder; choose another pack`,
    );
  const analyzer = await openPhotoAnalyzer(pack, options, stylePack);
  return {
    ...analyzer,
    faceEncoder: { id: spec.id, dim: spec.dim, calibration: spec.calibration },
  };
}
