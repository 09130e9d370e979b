import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Calibration, calibrationSchema } from '#core/domain/encoder.ts';
import { ModelPackError } from '#core/errors.ts';
import { diskError } from './disk-error.ts';
import type { Manifest } from './manifest.ts';
import { ownerTag } from './owner-tag.ts';

const fileSchema = z.object({ encoder: z.string(), calibration: calibrationSchema });
const pathOf = ({ name }: Manifest, dir: string) => join(dir, name, 'calibration.json');

/**
 * Reads the calibration that was saved on this machine for the pack's face encoder; undefined when there is none, or
 * it was for another version of the encoder.
 *
 * @throws {ModelPackError} when the file is there and cannot be read: scores would silently mean something else.
 */
export async function readCalibration(manifest: Manifest, dir: string): Promise<Calibration | undefined> {
  try {
    const saved = fileSchema.parse(JSON.parse(await readFile(pathOf(manifest, dir), 'utf8')));
    return saved.encoder === manifest.faceEncoder?.id ? saved.calibration : undefined;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new ModelPackError(
      `The saved calibration of the model pack "${manifest.name}" is damaged. Remove ${manifest.name}/calibration.json from the models directory, or run "idlock evaluate" again.`,
      { cause },
    );
  }
}

/**
 * Saves a calibration for the pack's face encoder in the models directory, where `openPack()` finds it.
 *
 * @throws {ModelPackError} when the pack has no face encoder or the directory cannot be written.
 */
export async function saveCalibration(
  manifest: Manifest,
  calibration: Calibration,
  dir: string,
): Promise<void> {
  const encoder = manifest.faceEncoder?.id;
  if (!encoder)
    throw new ModelPackError(`The model pack "${manifest.name}" has no face encoder to calibrate.`);
  const path = pathOf(manifest, dir);
  const temporary = `${path}.${ownerTag()}`;
  try {
    await mkdir(join(dir, manifest.name), { recursive: true });
    await writeFile(temporary, JSON.stringify({ encoder, calibration }, null, 2));
    await rename(temporary, path);
  } catch (error) {
    throw diskError(error) ?? error;
  }
}
