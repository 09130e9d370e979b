import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifest, manifestSchema } from './manifest.ts';

const PACKS_DIR = join(import.meta.dirname, 'packs');

/** Reads every pack that IDLock knows, by name; each lies in models/packs/<name>.json. */
export async function listPacks(): Promise<Manifest[]> {
  const files = (await readdir(PACKS_DIR)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) =>
      manifestSchema.parse(JSON.parse(await readFile(join(PACKS_DIR, file), 'utf8'))),
    ),
  );
}
