import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './manifest.ts';

const markPath = ({ name, version }: Manifest, dir: string) =>
  join(dir, name, `licence-accepted-${version}.json`);

/** Whether someone accepted the pack's licence on this models directory. */
export async function hasAcceptedLicence(manifest: Manifest, dir: string): Promise<boolean> {
  return access(markPath(manifest, dir)).then(
    () => true,
    () => false,
  );
}

/** Keeps that the pack's licence was accepted; the file's own time says when. */
export async function recordAcceptedLicence(manifest: Manifest, dir: string): Promise<void> {
  await mkdir(join(dir, manifest.name), { recursive: true });
  await writeFile(markPath(manifest, dir), JSON.stringify(manifest.licence));
}
