import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile } from './hash-file.ts';
import type { FileContent, Manifest } from './manifest.ts';

export const BUILT_RECORD = 'built.json';

const recordSchema = z.object({
  version: z.number(),
  files: z.record(z.string(), z.object({ bytes: z.number(), sha256: z.string() })),
});

/** Reads what was recorded when the pack was built; empty when it was not, or by another version of its manifest. */
export async function readBuiltRecord(
  packDir: string,
  { version }: Manifest,
): Promise<Map<string, FileContent>> {
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(join(packDir, BUILT_RECORD), 'utf8')));
    return new Map(record.version === version ? Object.entries(record.files) : []);
  } catch {
    return new Map();
  }
}

/** Records size and sha256 of each freshly built file beside it, so that later damage is seen. */
export async function writeBuiltRecord(packDir: string, manifest: Manifest): Promise<void> {
  const files: Record<string, FileContent> = {};
  for (const { file } of manifest.files) {
    const path = join(packDir, file);
    files[file] = { bytes: (await stat(path)).size, sha256: await hashFile(path) };
  }
  await writeFile(join(packDir, BUILT_RECORD), JSON.stringify({ version: manifest.version, files }));
}
