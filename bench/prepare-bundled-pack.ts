import { convertFaceApi } from '../models/convert/convert-face-api.ts';
import { findPack } from '../models/find-pack.ts';
import { preparePack } from '../models/prepare-pack.ts';
import type { PreparedPack } from '../models/prepared-pack.ts';

/** Builds the pack that a newcomer has, into `dir`. */
export async function prepareBundledPack(dir: string): Promise<PreparedPack> {
  return preparePack(await findPack('bundled'), { dir, build: convertFaceApi });
}
