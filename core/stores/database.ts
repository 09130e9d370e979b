import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely';
import type { TenantId } from '../domain/ids.ts';
import type { DatabasePool } from './database-pool.ts';
import type { EmbeddedPool } from './embedded/embedded-pool.ts';
import { openEmbeddedPool } from './embedded/open-embedded-pool.ts';
import type { Schema } from './schema.ts';
import { serverPool } from './server-pool.ts';
import { toStorageError } from './storage-failure.ts';
import { withRetries } from './with-retries.ts';

/** A transaction; the first argument of every function that reads or writes rows. */
export type Tx = Transaction<Schema>;

interface Transactions {
  /**
   * Runs `work` in one transaction that sees and writes the rows of one tenant only: the database refuses all others,
   * whatever the query says. The role can still be left by SQL text, so this guards against wrong ids and forgotten
   * conditions, not against SQL built from what a person typed; all values are parameters.
   *
   * `work` may run again when the database asks for it (deadlock, serialisation), so it must change nothing but rows.
   * It must not wait for another transaction: the embedded database has one session. Starting one inside is an error.
   * @throws {StorageError} when the database cannot do it, retryable where trying later helps; errors of IDLock's own
   * pass through, and the transaction is rolled back.
   */
  inTenant<T>(tenantId: TenantId, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same across tenants, for what has no tenant yet: finding it, the reconciler, the delivery of notices. */
  asSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** The pool is shared with BullMQ, whose tables have their own schema. */
export type Database = Transactions &
  (
    | { readonly kind: 'embedded'; readonly pool: EmbeddedPool }
    | { readonly kind: 'postgres'; readonly pool: DatabasePool }
  );

/** A transaction of IDLock writes a handful of rows; what takes longer than this is a fault. */
const STATEMENT_TIMEOUT_MS = 15_000;
const LOCK_TIMEOUT_MS = 10_000;

/**
 * Opens the database: the server at `url`, or the embedded one below `home`. The tables are made by `migrate()`.
 *
 * @throws {StorageError} when it cannot be reached or opened; {ConfigError} when `url` is no Postgres address.
 */
export async function openDatabase(
  {
    url,
    poolSize,
    home,
  }: { readonly url?: string | undefined; readonly poolSize?: number | undefined; readonly home: string },
  signal?: AbortSignal,
): Promise<Database> {
  if (url === undefined) {
    const pool = await openEmbeddedPool(join(home, 'database'), signal);
    return { kind: 'embedded', pool, ...transactionsOf(pool) };
  }
  const pool = serverPool(url, poolSize);
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw toStorageError(error);
  }
  return { kind: 'postgres', pool, ...transactionsOf(pool) };
}

function transactionsOf(pool: DatabasePool): Transactions {
  // kysely asks for its own reading of `pg.Pool`; it calls connect, query and release only.
  const kysely = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }),
  });

  const outer = new AsyncLocalStorage<{ open: boolean }>();

  function transact<T>(role: string, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return kysely.transaction().execute(async (tx) => {
      await sql`select set_config('role', ${role}, true), set_config('idlock.tenant', ${tenantId}, true),
        set_config('statement_timeout', ${String(STATEMENT_TIMEOUT_MS)}, true),
        set_config('lock_timeout', ${String(LOCK_TIMEOUT_MS)}, true)`.execute(tx);
      return work(tx);
    });
  }

  async function run<T>(role: string, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (outer.getStore()?.open) throw new Error('Cannot open a transaction inside another: pass its tx on');
    const mine = { open: true };
    try {
      return await outer.run(mine, () => withRetries(() => transact(role, tenantId, work)));
    } finally {
      mine.open = false; // what the work left running may open its own
    }
  }

  return {
    inTenant: (tenantId, work) => run('idlock_app', tenantId, work),
    asSystem: (work) => run('idlock_system', '', work),
    close: () => pool.end(),
  };
}
