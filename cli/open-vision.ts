import type { Vision } from '#core/vision/vision.ts';
import { openOnnxVision } from '#gpu-worker/open-onnx-vision.ts';
import { openOrPrepare } from './ready-pack.ts';
import type { Session } from './session.ts';

/** Opens the eyes of this process: the pack that the config names, on the device it names. */
export async function openVision(session: Session): Promise<Vision> {
  const { config } = session;
  return openOnnxVision(await openOrPrepare(config.models.encoder, session), config.vision);
}
