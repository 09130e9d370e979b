import { convertFaceApi } from '#models/convert/convert-face-api.ts';
import { examinePack } from '#models/examine-pack.ts';
import { findPack } from '#models/find-pack.ts';
import { openPack } from '#models/open-pack.ts';
import { type PackProgress, preparePack } from '#models/prepare-pack.ts';
import type { PreparedPack } from '#models/prepared-pack.ts';
import type { Session } from './session.ts';

/** Makes sure a pack lies here whole: builds or fetches what is missing, checks every file, and says what it does. */
export async function readyPack(
  name: string,
  session: Session,
  { acceptLicence = false }: { acceptLicence?: boolean } = {},
): Promise<PreparedPack> {
  const { config, terminal, signal } = session;
  const pack = await preparePack(await findPack(name), {
    dir: config.models.directory,
    mirrors: config.models.mirrors,
    acceptLicence: acceptLicence || config.models.acceptedLicences.includes(name),
    build: (outDir, options) => convertFaceApi(outDir, options),
    onProgress: (progress) => terminal.progress(`  model pack ${name}: ${progressWords(progress)}`),
    signal,
  });
  terminal.settle();
  return pack;
}

/** Opens a pack that lies here already without reading it all again; prepares it when a file is missing. */
export async function openOrPrepare(name: string, session: Session): Promise<PreparedPack> {
  const manifest = await findPack(name);
  const { directory: dir } = session.config.models;
  const files = await examinePack(manifest, { dir, trust: true });
  return files.some(({ kind }) => kind === 'missing')
    ? readyPack(name, session)
    : openPack(manifest, { dir });
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
