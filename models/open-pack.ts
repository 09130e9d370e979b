import { resolve } from 'node:path';
import { ModelPackError } from '#core/errors.ts';
import { readCalibration } from './calibration-file.ts';
import { examinePack } from './examine-pack.ts';
import { hasAcceptedLicence } from './licence.ts';
import type { LocatedFile } from './locate-files.ts';
import type { Manifest } from './manifest.ts';
import type { PreparedPack } from './prepared-pack.ts';

/**
 * Opens a pack whose files already lie in the models directory; asks no network and builds nothing.
 *
 * Verifies size and sha256 of each file; a file that did not change since it was last verified is not read again.
 * @throws {ModelPackError} that says which file is missing or damaged and what to do, or whose licence was not accepted.
 */
export async function openPack(manifest: Manifest, { dir }: { dir: string }): Promise<PreparedPack> {
  if (!manifest.licence.commercial && !(await hasAcceptedLicence(manifest, dir)))
    throw new ModelPackError(
      `The model pack "${manifest.name}" is for non-commercial use (${manifest.licence.url}). Run "idlock models prepare ${manifest.name} --accept-licence" if that holds for you.`,
    );
  const located = await examinePack(manifest, { dir, trust: true });
  const paths = new Map<string, string>();
  for (const one of located) {
    if (one.kind !== 'present') throw notReady(manifest, one);
    paths.set(one.file.file, one.path);
  }
  return {
    manifest: await withOwnCalibration(manifest, dir),
    dir: resolve(dir, manifest.name),
    path(file) {
      const path = paths.get(file);
      if (!path) throw new RangeError(`Pack "${manifest.name}" has no file "${file}"`);
      return path;
    },
  };
}

/** What `idlock evaluate --save` measured here stands over what the project ships. */
async function withOwnCalibration(manifest: Manifest, dir: string): Promise<Manifest> {
  const { faceEncoder } = manifest;
  const calibration = faceEncoder && (await readCalibration(manifest, dir));
  return calibration ? { ...manifest, faceEncoder: { ...faceEncoder, calibration } } : manifest;
}

function notReady({ name }: Manifest, located: LocatedFile): ModelPackError {
  const { file } = located.file;
  const state = located.kind === 'damaged' ? `damaged (${located.why})` : 'missing';
  return new ModelPackError(
    `The model pack "${name}" is not ready: ${file} is ${state}. Run "idlock models prepare ${name}".`,
  );
}
