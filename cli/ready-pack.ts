import { join } from 'node:path';
import type { Config } from '#core/config.ts';
import { isOutdatedBuild } from '#models/built-record.ts';
import { convertFaceApi } from '#models/convert/convert-face-api.ts';
import { examinePack } from '#models/examine-pack.ts';
import { findPack } from '#models/find-pack.ts';
import { isReadOnly } from '#models/is-read-only.ts';
import type { Manifest } from '#models/manifest.ts';
import { openPack } from '#models/open-pack.ts';
import { type PackProgress, preparePack } from '#models/prepare-pack.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import type { Session } from './command-session.ts';

/** Makes sure a pack lies here whole: builds or fetches what is missing, checks every file, and says what it does. */
export async function readyPack(
  name: string,
  session: Session,
  { acceptLicence = false }: { acceptLicence?: boolean } = {},
): Promise<PreparedPack> {
  const { config, terminal, signal } = session;
  const manifest = await findPack(name);
  const pack = await preparePack(manifest, {
    dir: await modelsDirOf(manifest, config),
    mirrors: config.models.mirrors,
    acceptLicence: acceptLicence || config.models.acceptedLicences.includes(name),
    build: (outDir, options) => convertFaceApi(outDir, options),
    onProgress: (progress) => terminal.progress(`  model pack ${name}: ${progressWords(progress)}`),
    signal,
  });
  terminal.settle();
  return pack;
}

/**
 * Opens a pack that lies here already without reading it all again; prepares it when a file is missing or an older
 * IDLock built it. A damaged file is an error that says so: who or what changed it is not for us to paint over.
 */
export async function openOrPrepare(name: string, session: Session): Promise<PreparedPack> {
  const manifest = await findPack(name);
  const dir = await modelsDirOf(manifest, session.config);
  const files = await examinePack(manifest, { dir, trust: true });
  const isIncomplete = files.some(({ kind }) => kind === 'missing');
  return isIncomplete || (await isOutdatedBuild(join(dir, name), manifest))
    ? readyPack(name, session)
    : openPack(manifest, { dir });
}

/** Where a pack lies, or goes: the models directory, but the home when that is read-only and lacks the pack. */
export async function modelsDirOf(manifest: Manifest, { home, models }: Config): Promise<string> {
  const dir = models.directory;
  if (!(await isReadOnly(dir))) return dir;
  const files = await examinePack(manifest, { dir, trust: true });
  return files.some(({ kind }) => kind === 'missing') ? join(home, 'models') : dir;
}

function progressWords(progress: PackProgress): string {
  switch (progress.kind) {
    case 'licence':
      return `licence ${progress.licence.name}`;
    case 'download':
      return `${progress.file} ${Math.round((100 * progress.doneBytes) / progress.totalBytes)} % from ${progress.host}`;
    case 'build':
      return `preparing, once: ${progress.done} of ${progress.total}`;
  }
}
