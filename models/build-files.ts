import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { BUILT_RECORD, writeBuiltRecord } from './built-record.ts';
import type { Manifest } from './manifest.ts';
import { isAbandoned, ownerTag } from './owner-tag.ts';
import type { BuildPack } from './prepared-pack.ts';

interface BuildNeeds {
  readonly dir: string;
  readonly build: BuildPack;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Builds a pack beside its place and then moves each file in, the record of their contents last: a killed build leaves
 * nothing that passes for ready, and two builds at once replace each other's files by equal ones.
 */
export async function buildFiles(
  manifest: Manifest,
  { dir, build, onProgress, signal }: BuildNeeds,
): Promise<void> {
  await sweep(dir, manifest.name);
  const fresh = join(dir, `${manifest.name}.${ownerTag()}.building`);
  await mkdir(fresh, { recursive: true });
  try {
    await build(fresh, { onProgress, signal });
    signal.throwIfAborted();
    await writeBuiltRecord(fresh, manifest);
    for (const file of [...manifest.files.map((one) => one.file), BUILT_RECORD])
      await rename(join(fresh, file), join(dir, manifest.name, file));
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Removes what killed builds left. */
async function sweep(dir: string, pack: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!name.startsWith(`${pack}.`) || !name.endsWith('.building')) continue;
    const tag = name.slice(pack.length + 1, -'.building'.length);
    const found = await stat(join(dir, name)).catch(() => undefined);
    if (found && isAbandoned(tag, Date.now() - found.mtimeMs))
      await rm(join(dir, name), { recursive: true, force: true });
  }
}
