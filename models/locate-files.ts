import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { HashCache } from './hash-cache.ts';
import type { FileContent, Manifest, PackFile } from './manifest.ts';

export type LocatedFile = { readonly file: PackFile } & (
  | { readonly kind: 'present'; readonly path: string }
  /** A file of that name lies there with other content. */
  | { readonly kind: 'damaged'; readonly why: string }
  | { readonly kind: 'missing' }
);

/**
 * Looks for each file of a pack in `<dir>/<pack>/` and then flat in `dir`, under its own name or that of an accepted
 * alternative, and checks size and sha256.
 *
 * built: contents recorded when the pack was built, by file name; empty for a pack that is downloaded.
 */
export async function locateFiles(
  manifest: Manifest,
  { dir, hashes, built }: { dir: string; hashes: HashCache; built: ReadonlyMap<string, FileContent> },
): Promise<LocatedFile[]> {
  const dirs = [join(dir, manifest.name), dir];
  const located: LocatedFile[] = [];
  for (const file of manifest.files) {
    const content = file.content ?? built.get(file.file);
    const accepted = [...(content ? [content] : []), ...file.alternatives];
    const names = [file.file, ...file.alternatives.map((alternative) => alternative.file)];
    const paths = dirs.flatMap((one) => names.map((name) => join(one, name)));
    located.push(await locateOne(file, { paths, accepted, hashes }));
  }
  return located;
}

async function locateOne(
  file: PackFile,
  { paths, accepted, hashes }: { paths: string[]; accepted: FileContent[]; hashes: HashCache },
): Promise<LocatedFile> {
  let damaged: string | undefined;
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) continue;
    const why = await mismatch(path, found.size, { accepted, hashes });
    if (!why) return { kind: 'present', file, path };
    damaged ??= why;
  }
  return damaged ? { kind: 'damaged', file, why: damaged } : { kind: 'missing', file };
}

async function mismatch(
  path: string,
  size: number,
  { accepted, hashes }: { accepted: FileContent[]; hashes: HashCache },
): Promise<string | undefined> {
  if (!accepted.length) return 'another version of the pack built it';
  const sameSize = accepted.filter(({ bytes }) => bytes === size);
  if (!sameSize.length) return `it has ${size} bytes, not ${accepted.map(({ bytes }) => bytes).join(' or ')}`;
  const sha256 = await hashes.sha256Of(path);
  return sameSize.some((content) => content.sha256 === sha256) ? undefined : 'its sha256 differs';
}
