import { EventEmitter } from 'node:events';
import { createPostgresBackend, type PgPool, Queue, runMigrations, Worker } from 'bullmq';
import type { QueueServer } from './queue-server.ts';
import { MAX_STALLS } from './queue-timing.ts';

/**
 * Makes BullMQ's tables (schema `bullmq`) where they are missing or old, and serves the queue from them.
 *
 * pool: its `search_path` must name the schema `bullmq` before all others with tables of the same names.
 * exclusive: whether no other process can have the database open, so that whatever runs in it died with its process.
 */
export async function postgresServer({
  pool,
  exclusive,
}: {
  pool: PgPool;
  exclusive: boolean;
}): Promise<QueueServer> {
  const client = await pool.connect();
  try {
    await runMigrations(client); // under an advisory lock, in one transaction
    if (exclusive) await client.query(RELEASE_ACTIVE_JOBS, [MAX_STALLS]);
  } finally {
    client.release();
  }

  // Each queue and worker of BullMQ listens to its pool for good, so each gets an emitter that goes when it goes.
  const connection = () => Object.assign(new EventEmitter(), shareOf(pool));

  return {
    silence:
      'The queue in the database does not answer. Try again in a moment; if it stays like this, check the database.',
    ready: async () => undefined, // a pool connects when it is asked
    openQueue: (name) => new Queue(name, { connection: connection() }, createPostgresBackend),
    openWorker: (name, process, options) => ({
      worker: new Worker(name, process, { ...options, connection: connection() }, createPostgresBackend),
      abandon: () => undefined, // its sessions end with the pool
    }),
    close: async () => undefined, // the pool is the caller's
  };
}

/** Errors of idle sessions stay with the pool, which replaces them. */
function shareOf(pool: PgPool) {
  const { options } = pool as PgPool & { options?: unknown }; // where BullMQ looks for `keepAlive`
  return {
    options,
    connect: () => pool.connect(),
    query: <Row>(text: string, values?: readonly unknown[]) => pool.query<Row>(text, values),
    end: async () => undefined,
  };
}

/**
 * What BullMQ's own check for stalled jobs does, without its wait of `lockMs` and two checks: 1.1 s instead of 10.7 s
 * from a restart to the job's (infra measurement). It writes to a private table of BullMQ, so BullMQ is pinned to an
 * exact version and the queue contract covers it.
 */
const RELEASE_ACTIVE_JOBS = `
  update bullmq.job set
    state = 'waiting', lock_token = null, locked_until_ms = null, stalled_marked = false,
    stalled_count = stalled_count + 1,
    deferred_failure = case
      when stalled_count >= $1::int then 'job stalled more than allowable limit' else deferred_failure
    end
  where state = 'active'`;
