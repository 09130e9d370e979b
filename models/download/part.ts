import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isAbandoned, ownerTag } from '../owner-tag.ts';

const originSchema = z.object({ sha256: z.string(), url: z.string(), etag: z.string().nullable() });
type Origin = z.infer<typeof originSchema>;

/** What has arrived of a file so far, owned by this download alone. */
export interface Part {
  readonly path: string;
  sizeBytes(): Promise<number>;
  /** Where the bytes came from; null for a fresh part. */
  origin(): Promise<Origin | null>;
  setOrigin(origin: Origin): Promise<void>;
  /** Drops the bytes and starts over. */
  clear(): Promise<void>;
  /** Leaves the bytes for a later download to resume. */
  release(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Takes over what an interrupted download of this content left in `dir`, or starts an empty part.
 *
 * A part is a directory `<file>.<owner>.part`, and taking over is renaming it: that is atomic, so two processes never
 * write to the same bytes. A killed process leaves its part; the next one sees that the owner is gone.
 */
export async function claimPart(dir: string, file: string, sha256: string): Promise<Part> {
  const mine = join(dir, `${file}.${ownerTag()}.part`);
  for (const left of await leftovers(dir, file)) {
    const taken = await rename(join(dir, left), mine).then(
      () => true,
      () => false,
    );
    if (!taken) continue;
    const part = partAt(mine, dir, file);
    if ((await part.origin())?.sha256 === sha256) return part;
    await part.discard();
  }
  await mkdir(mine, { recursive: true });
  const part = partAt(mine, dir, file);
  await part.clear();
  return part;
}

/** Names of parts of `file` that nobody writes to. */
async function leftovers(dir: string, file: string): Promise<string[]> {
  const free: string[] = [];
  for (const name of await readdir(dir)) {
    if (name === `${file}.part`) free.push(name);
    if (!name.startsWith(`${file}.`) || !name.endsWith('.part')) continue;
    const tag = name.slice(file.length + 1, -'.part'.length);
    const written = await stat(join(dir, name, 'content')).catch(() => undefined);
    if (isAbandoned(tag, written ? Date.now() - written.mtimeMs : 0)) free.push(name);
  }
  return free;
}

function partAt(at: string, dir: string, file: string): Part {
  const path = join(at, 'content');
  const originPath = join(at, 'origin.json');
  const discard = () => rm(at, { recursive: true, force: true });
  return {
    path,
    discard,
    sizeBytes: async () => (await stat(path)).size,
    async origin() {
      try {
        await stat(path);
        return originSchema.parse(JSON.parse(await readFile(originPath, 'utf8')));
      } catch {
        return null;
      }
    },
    setOrigin: (origin) => writeFile(originPath, JSON.stringify(origin)),
    clear: () => writeFile(path, ''),
    async release() {
      if ((await stat(path)).size === 0) return discard();
      // A part that another download released meanwhile is as good: keep one of them.
      await rename(at, join(dir, `${file}.part`)).catch(discard);
    },
  };
}
