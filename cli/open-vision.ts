import type { Vision } from '#core/vision/vision.ts';
import { openOnnxVision } from '#gpu-worker/open-onnx-vision.ts';
import type { Session } from './command-session.ts';
import { openOrPrepare } from './ready-pack.ts';

/** Opens the eyes of this process: the packs that the config names, on the device it names. */
export async function openVision(session: Session): Promise<Vision> {
  const { models, vision } = session.config;
  const pack = await openOrPrepare(models.encoder, session);
  const stylePack = models.styleEncoder && (await openOrPrepare(models.styleEncoder, session));
  return openOnnxVision(pack, vision, stylePack || undefined);
}
