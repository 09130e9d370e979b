import { mkdir, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ModelPackError } from '#core/errors.ts';
import { buildFiles } from './build-files.ts';
import { diskError } from './disk-error.ts';
import { DOWNLOAD_LIMITS, type DownloadLimits, downloadFile } from './download/download-file.ts';
import { examinePack } from './examine-pack.ts';
import { hasAcceptedLicence, recordAcceptedLicence } from './licence.ts';
import type { Manifest, PackFile } from './manifest.ts';
import { openPack } from './open-pack.ts';
import type { BuildPack, PreparedPack } from './prepared-pack.ts';

export type PackProgress =
  /** Said once, before anything is fetched or built. */
  | { readonly kind: 'licence'; readonly licence: Manifest['licence'] }
  | {
      readonly kind: 'download';
      readonly file: string;
      readonly doneBytes: number;
      readonly totalBytes: number;
      readonly host: string;
    }
  | { readonly kind: 'build'; readonly done: number; readonly total: number };

export interface PrepareOptions {
  /** IDLOCK_MODELS_DIR; made when it is not there. */
  readonly dir: string;
  /** Base URLs asked first, in order, for `<base>/<pack>/<file>`. */
  readonly mirrors?: readonly string[];
  /** Needed for a pack whose licence forbids commercial use. */
  readonly acceptLicence?: boolean;
  /** Converter of a pack that is built. */
  readonly build?: BuildPack;
  readonly onProgress?: (progress: PackProgress) => void;
  readonly signal?: AbortSignal;
  readonly limits?: DownloadLimits;
}

/**
 * Makes a pack ready for use: keeps what lies there and is whole, fetches or builds the rest, verifies all of it.
 *
 * @throws {ModelPackError} when the licence was not accepted, a file only comes by hand, no address gave the right
 * content, or the disk is full or read-only; what `signal` was aborted with.
 */
export async function preparePack(manifest: Manifest, options: PrepareOptions): Promise<PreparedPack> {
  const { onProgress = () => {}, signal = new AbortController().signal } = options;
  const dir = resolve(options.dir);
  try {
    await checkLicence(manifest, dir, options.acceptLicence ?? false);
    const located = await examinePack(manifest, { dir, trust: false });
    const wanted = located.filter(({ kind }) => kind !== 'present').map(({ file }) => file);
    if (wanted.length) {
      onProgress({ kind: 'licence', licence: manifest.licence });
      await mkdir(join(dir, manifest.name), { recursive: true });
      if (manifest.arrives === 'built') await buildWanted(manifest, { ...options, dir, onProgress, signal });
      else
        for (const file of wanted) await fetchWanted(manifest, file, { ...options, dir, onProgress, signal });
    }
  } catch (error) {
    throw diskError(error) ?? error;
  }
  return openPack(manifest, { dir });
}

type Needs = PrepareOptions & Required<Pick<PrepareOptions, 'onProgress' | 'signal'>>;

async function checkLicence(manifest: Manifest, dir: string, accepted: boolean): Promise<void> {
  const { commercial, name, url } = manifest.licence;
  if (commercial || (await hasAcceptedLicence(manifest, dir))) return;
  if (!accepted)
    throw new ModelPackError(
      `The model pack "${manifest.name}" is not for commercial use: ${name} (${url}). Pass --accept-licence if its terms fit your use.`,
    );
  await recordAcceptedLicence(manifest, dir);
}

async function buildWanted(manifest: Manifest, { dir, build, onProgress, signal }: Needs): Promise<void> {
  if (!build)
    throw new ModelPackError(`The model pack "${manifest.name}" is built, and no converter was given.`);
  await buildFiles(manifest, {
    dir,
    build,
    signal,
    onProgress: (done, total) => onProgress({ kind: 'build', done, total }),
  });
}

async function fetchWanted(
  { name }: Manifest,
  { file, content, urls, source }: PackFile,
  { dir, mirrors = [], onProgress, signal, limits = DOWNLOAD_LIMITS }: Needs,
): Promise<void> {
  if (!content) throw new RangeError(`Pack "${name}" does not say what ${file} holds`);
  const addresses = [...mirrors.map((base) => `${base.replace(/\/+$/, '')}/${name}/${file}`), ...urls];
  if (!addresses.length)
    throw new ModelPackError(
      `${file} of the model pack "${name}" has no address to download it from (${source.words}). Put it into the models directory by hand, or set IDLOCK_MODELS_MIRROR. It must have ${content.bytes} bytes and sha256 ${content.sha256}.`,
    );
  await checkSpace(join(dir, name), file, content.bytes);
  await downloadFile(
    { dir: join(dir, name), file, content, urls: addresses },
    {
      signal,
      limits,
      onBytes: (doneBytes, host) =>
        onProgress({ kind: 'download', file, doneBytes, totalBytes: content.bytes, host }),
    },
  );
}

async function checkSpace(dir: string, file: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize >= bytes) return;
  const megabytes = (n: number) => `${Math.ceil(n / 1e6)} MB`;
  throw new ModelPackError(
    `The disk of the models directory is too full for ${file}: it needs ${megabytes(bytes)} and ${megabytes(bavail * bsize)} are free. Free some space, or point IDLOCK_MODELS_DIR elsewhere.`,
  );
}
