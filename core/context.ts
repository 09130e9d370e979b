import { migrate } from '#migrations/migrate.ts';
import type { Config } from './config.ts';
import { fileSystemImageStore } from './image-store/file-system.ts';
import type { ImageStore } from './image-store/image-store.ts';
import type { Log } from './log.ts';
import { openQueue } from './queue/bullmq-queue.ts';
import { openDatabase } from './stores/database.ts';
import type { Doorway } from './use-cases/use-case.ts';

/** Everything a door needs, opened from one config. */
export interface Context extends Doorway, AsyncDisposable {
  readonly config: Config;
}

/**
 * Opens database, queue and images; the only place that knows which adapter stands behind each.
 *
 * The tables are brought up to date on the way (harmless when they are, and safe in several processes at once).
 * @throws {StorageError} when a part cannot be opened, after closing those that were.
 */
export async function openContext(config: Config, log: Log, signal?: AbortSignal): Promise<Context> {
  await using opened = new AsyncDisposableStack();
  const db = await openDatabase({ ...serverOf(config), home: config.home }, signal);
  opened.defer(() => db.close());
  await migrate(db.pool, signal ? { signal } : {});
  const queue = await openQueue(
    config.queue.kind === 'redis'
      ? { redisUrl: config.queue.url, prefix: config.queue.prefix, log }
      : { pool: db.pool, exclusive: db.kind === 'embedded', log },
  );
  opened.defer(() => queue.close());
  const images = await openImages(config.images);

  const resources = opened.move();
  return { config, log, db, queue, images, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

/** The Postgres of one's own, if there is one. */
export function serverOf({ database }: Config): { url?: string; poolSize?: number } {
  return database.kind === 'postgres' ? { url: database.url, poolSize: database.poolSize } : {};
}

async function openImages(images: Config['images']): Promise<ImageStore> {
  if (images.kind === 'files') return fileSystemImageStore(images.directory);
  // The AWS SDK costs a quarter of a second to load: only who uses it pays.
  const { s3ImageStore } = await import('./image-store/s3.ts');
  return s3ImageStore(images);
}
