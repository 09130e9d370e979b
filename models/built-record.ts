import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hashFile } from './hash-file.ts';
import type { FileContent, Manifest, PackFile } from './manifest.ts';

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
  const record = await readRecord(packDir);
  return new Map(record?.version === version ? Object.entries(record.files) : []);
}

/**
 * Whether the pack was built here by an older IDLock, whose converter wrote other files than the manifest now names.
 * Such files are whole and no longer right: building again is all there is to do.
 */
export async function isOutdatedBuild(
  packDir: string,
  { arrives, version, files }: Manifest,
): Promise<boolean> {
  const record = arrives === 'built' ? await readRecord(packDir) : undefined;
  if (!record) return false;
  const differs = ({ file, content }: PackFile) => content && record.files[file]?.sha256 !== content.sha256;
  return record.version !== version || files.some(differs);
}

async function readRecord(packDir: string): Promise<z.infer<typeof recordSchema> | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(packDir, BUILT_RECORD), 'utf8')));
  } catch {
    return undefined;
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
