import { join, resolve } from 'node:path';
import { readBuiltRecord } from './built-record.ts';
import { openHashCache } from './hash-cache.ts';
import { type LocatedFile, locateFiles } from './locate-files.ts';
import type { Manifest } from './manifest.ts';

/** Says of each file of a pack whether it is there and whole. trust: whether unchanged files are taken as verified. */
export async function examinePack(
  manifest: Manifest,
  { dir, trust }: { dir: string; trust: boolean },
): Promise<LocatedFile[]> {
  const root = resolve(dir);
  const hashes = await openHashCache(root, { trust });
  const built = await readBuiltRecord(join(root, manifest.name), manifest);
  const located = await locateFiles(manifest, { dir: root, hashes, built });
  await hashes.save();
  return located;
}
