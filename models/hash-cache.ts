import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile } from './hash-file.ts';
import { isReadOnly } from './is-read-only.ts';

const entriesSchema = z.record(z.string(), z.object({ stamp: z.string(), sha256: z.string() }));

export interface HashCache {
  /** sha256 of the file in hex; read again only when its size or one of its times changed. */
  sha256Of(path: string): Promise<string>;
  /** Keeps what was hashed for the next start. A directory that cannot be written is hashed at each start instead. */
  save(): Promise<void>;
}

/**
 * Remembers the hashes of the files in a models directory, so that verifying hundreds of megabytes costs a start nothing.
 *
 * trust: whether hashes of earlier runs count; without it every file is read.
 */
export async function openHashCache(dir: string, { trust }: { trust: boolean }): Promise<HashCache> {
  const cachePath = join(dir, '.verified.json');
  const kept = entriesSchema.safeParse(trust ? await readJson(cachePath) : {});
  const entries = kept.success ? { ...kept.data } : {};
  let changed = false;
  return {
    async sha256Of(path) {
      const { size, mtimeMs, ctimeMs } = await stat(path);
      const stamp = `${size} ${mtimeMs} ${ctimeMs}`;
      const known = entries[path];
      if (known?.stamp === stamp) return known.sha256;
      const sha256 = await hashFile(path);
      entries[path] = { stamp, sha256 };
      changed = true;
      return sha256;
    },
    async save() {
      if (!changed || (await isReadOnly(dir))) return;
      const temporary = `${cachePath}.${randomUUID()}`;
      try {
        await writeFile(temporary, JSON.stringify(entries));
        await rename(temporary, cachePath);
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return {};
  }
}
