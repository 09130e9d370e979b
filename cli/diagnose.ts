import { openContext } from '#core/context.ts';
import { IdlockError } from '#core/errors.ts';
import { findPack } from '#models/find-pack.ts';
import { openPack } from '#models/open-pack.ts';
import type { Session } from './command-session.ts';
import { modelsDirOf } from './ready-pack.ts';

export interface Finding {
  readonly part: string;
  readonly isWell: boolean;
  /** What stands behind this part now. */
  readonly inUse: string;
  /** What to set for more, or to mend it. */
  readonly advice?: string;
}

/** What the pack of a part must bring. */
const NEEDED = { models: 'faceEncoder', style: 'styleEncoder' } as const;

/** Looks at every part the way a start would, without changing anything but an unmigrated embedded database. */
export async function diagnose(session: Session): Promise<Finding[]> {
  const { config } = session;
  return [
    { part: 'node', isWell: true, inUse: `${process.versions.node} on ${process.platform}/${process.arch}` },
    { part: 'home', isWell: true, inUse: config.home },
    ...(await diagnoseStores(session)),
    await diagnosePack('models', config.models.encoder, session),
    await diagnoseStyle(session),
    {
      part: 'vision',
      isWell: true,
      inUse: `onnxruntime on ${config.vision.provider}`,
      ...(config.vision.provider === 'cpu' ? { advice: 'a GPU: IDLOCK_VISION_PROVIDER=cuda' } : {}),
    },
    {
      part: 'renderer',
      isWell: true,
      inUse: config.renderer.kind,
      advice: 'studio draws previews on this machine',
    },
  ];
}

async function diagnoseStores(session: Session): Promise<Finding[]> {
  const { config, log, signal } = session;
  const database =
    config.database.kind === 'postgres'
      ? 'Postgres at DATABASE_URL'
      : 'embedded (PGlite), survives crashes but not a power cut';
  const queue =
    config.queue.kind === 'redis'
      ? 'Redis at REDIS_URL'
      : `BullMQ in the ${config.database.kind === 'postgres' ? 'Postgres' : 'embedded'} database`;
  const images = config.images.kind === 's3' ? 'S3 bucket at S3_*' : `files under ${config.images.directory}`;
  const well = [
    {
      part: 'database',
      isWell: true,
      inUse: database,
      ...(config.database.kind === 'postgres'
        ? {}
        : { advice: 'a server: DATABASE_URL; copies: "idlock backup save"' }),
    },
    {
      part: 'queue',
      isWell: true,
      inUse: queue,
      ...(config.queue.kind === 'redis' ? {} : { advice: 'workers on other hosts: REDIS_URL' }),
    },
    {
      part: 'images',
      isWell: true,
      inUse: images,
      ...(config.images.kind === 's3'
        ? {}
        : { advice: 'shared storage: S3_ENDPOINT, S3_BUCKET and its keys' }),
    },
  ];
  try {
    await using context = await openContext(config, log, signal);
    await context.images.list('tenant_none/', signal);
    return well;
  } catch (error) {
    if (!(error instanceof IdlockError)) throw error;
    return [
      { part: 'stores', isWell: false, inUse: `${database}; ${queue}; ${images}`, advice: error.userMessage },
    ];
  }
}

async function diagnoseStyle(session: Session): Promise<Finding> {
  const { styleEncoder } = session.config.models;
  return styleEncoder
    ? diagnosePack('style', styleEncoder, session)
    : {
        part: 'style',
        isWell: true,
        inUse: 'a local descriptor of colours and edges',
        advice: 'a network: IDLOCK_STYLE_ENCODER',
      };
}

async function diagnosePack(part: keyof typeof NEEDED, name: string, { config }: Session): Promise<Finding> {
  const inUse = `pack "${name}"`;
  try {
    const manifest = await findPack(name);
    if (!manifest[NEEDED[part]])
      return { part, isWell: false, inUse, advice: 'it is for something else: see "idlock models list"' };
    const pack = await openPack(manifest, { dir: await modelsDirOf(manifest, config) });
    return {
      part,
      isWell: true,
      inUse: `${inUse} in ${pack.dir}, ${pack.manifest.licence.name}`,
      advice: 'others: "idlock models list"',
    };
  } catch (error) {
    if (!(error instanceof IdlockError)) throw error;
    return { part, isWell: false, inUse, advice: error.userMessage };
  }
}
