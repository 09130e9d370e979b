import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { openQueue } from '#core/queue/bullmq-queue.ts';
import type { Queue } from '#core/queue/queue.ts';
import type { QueueTiming } from '#core/queue/queue-timing.ts';
import { type Database, openDatabase } from '#core/stores/database.ts';
import { startPostgres, startRedis } from '../servers/start.ts';

/** Plain data, so that it can be given to another process. */
export type QueuePlace =
  | { readonly kind: 'redis'; readonly url: string; readonly prefix: string }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'embedded'; readonly home: string };

/** Short enough for tests, long enough that a busy machine does not lose a lock. */
export const testTiming: Partial<QueueTiming> = {
  lockMs: 3_000,
  stalledCheckMs: 1_000,
  retryDelayMs: 20,
  settleMs: 200,
};

/** One place for jobs, empty at first, that any number of queues may be opened on. */
export interface QueueFixture extends AsyncDisposable {
  readonly place: QueuePlace;
  open(timing?: Partial<QueueTiming>): Promise<Queue>;
  /** Gives the lock of a running job to nobody known, as after a pause of the whole process; it runs out soon. */
  stealLock(jobId: string): Promise<void>;
}

/** Opens a queue at `place`, with all that it needs; disposing closes it. */
export async function openPlace(
  place: QueuePlace,
  timing: Partial<QueueTiming>,
): Promise<{ queue: Queue; database: Database | undefined } & AsyncDisposable> {
  if (place.kind === 'redis') {
    const queue = await openQueue({ redisUrl: place.url, prefix: place.prefix, timing });
    return { queue, database: undefined, [Symbol.asyncDispose]: () => queue.close() };
  }
  const database = await openDatabase(
    place.kind === 'postgres' ? { url: place.url, home: '' } : { home: place.home },
  );
  const queue = await openQueue({ pool: database.pool, exclusive: place.kind === 'embedded', timing });
  return {
    queue,
    database,
    async [Symbol.asyncDispose]() {
      await queue.close();
      await database.close();
    },
  };
}

export function newHome(): string {
  return join(tmpdir(), `idlock-queue-test-${randomBytes(6).toString('hex')}`);
}

export async function redisFixture(): Promise<QueueFixture> {
  const { url, prefix } = await startRedis();
  const opened: Queue[] = [];
  return {
    place: { kind: 'redis', url, prefix },
    async open(timing = {}) {
      const queue = await openQueue({ redisUrl: url, prefix, timing: { ...testTiming, ...timing } });
      opened.push(queue);
      return queue;
    },
    async stealLock(jobId) {
      const redis = new Redis(url);
      await redis.set(`${prefix}:scenes:${jobId}:lock`, 'another', 'PX', 1_000);
      await redis.quit();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((queue) => queue.close()));
    },
  };
}

export async function postgresFixture(): Promise<QueueFixture> {
  const server = await startPostgres();
  const database = await openDatabase({ url: server.url, home: '' });
  const fixture = databaseFixture({ kind: 'postgres', url: server.url }, database);
  return {
    ...fixture,
    async [Symbol.asyncDispose]() {
      await fixture[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

export async function embeddedFixture(): Promise<QueueFixture> {
  const home = newHome();
  const fixture = databaseFixture({ kind: 'embedded', home }, await openDatabase({ home }));
  return {
    ...fixture,
    async [Symbol.asyncDispose]() {
      await fixture[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function databaseFixture(place: QueuePlace, database: Database): QueueFixture {
  const opened: Queue[] = [];
  return {
    place,
    async open(timing = {}) {
      const queue = await openQueue({ pool: database.pool, timing: { ...testTiming, ...timing } });
      opened.push(queue);
      return queue;
    },
    async stealLock(jobId) {
      await database.pool.query(`update bullmq.job set lock_token = 'another' where id = $1`, [jobId]);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((queue) => queue.close()));
      await database.close();
    },
  };
}
