import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { IdlockError, StorageError } from '#core/errors.ts';
import type { DatabaseClient, DatabasePool } from '#core/stores/database-pool.ts';
import { toStorageError } from '#core/stores/storage-failure.ts';

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** Any number that nothing else on the server locks: the first 32 bits of sha256("idlock migrations"). */
const LOCK_KEY = 0x3c_1d_10_0c;
const OLDEST_SERVER = 160_000;

/**
 * Brings the tables of the database up to this version of the code. Runs any number of times, also at the same moment
 * in several processes: each file is one transaction that starts with the lock and looks again at what is done.
 *
 * directory: numbered `.sql` files; IDLock's own by default.
 * Returns the names of the files that this call applied.
 *
 * @throws {StorageError} when a file was edited after it ran, when the database is newer than the code, or when a file
 * fails (which leaves no trace of it).
 */
export async function migrate(
  pool: DatabasePool,
  { directory = new URL('.', import.meta.url), signal }: { directory?: URL; signal?: AbortSignal } = {},
): Promise<string[]> {
  const migrations = await readMigrations(directory);
  const applied: string[] = [];
  const client = await pool.connect();
  try {
    await checkServer(client);
    for (const migration of migrations) {
      signal?.throwIfAborted();
      if (await applyOnce(client, migration, migrations)) applied.push(migration.name);
    }
  } catch (error) {
    throw toStorageError(error);
  } finally {
    client.release();
  }
  return applied;
}

async function readMigrations(directory: URL): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(new URL(name, directory), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function checkServer(client: DatabaseClient): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  if ((rows[0]?.version ?? 0) >= OLDEST_SERVER) return;
  throw new StorageError(
    'This Postgres server is too old. IDLock needs Postgres 16 or newer with pgvector 0.7.',
  );
}

/** Returns whether it ran the file now; false when that was done before. */
async function applyOnce(
  client: DatabaseClient,
  migration: Migration,
  known: readonly Migration[],
): Promise<boolean> {
  await client.query('begin');
  try {
    await client.query(
      "select set_config('lock_timeout', '120s', true), set_config('search_path', 'public', true)",
    );
    await client.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
    const done = await readLedger(client);
    refuseForeignLedger(done, known);
    const pending = !done.has(migration.name);
    if (pending) await apply(client, migration);
    await client.query('commit');
    return pending;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** What ran before, by name: the sha256 of the file as it was. */
async function readLedger(client: DatabaseClient): Promise<Map<string, string>> {
  await client.query(`create table if not exists idlock_migrations (
    name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())`);
  const { rows } = await client.query<{ name: string; sha256: string }>(
    'select name, sha256 from idlock_migrations',
  );
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

function refuseForeignLedger(done: ReadonlyMap<string, string>, known: readonly Migration[]): void {
  const files = new Map(known.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of done) {
    const file = files.get(name);
    if (file === undefined) {
      throw new StorageError(
        `The database is newer than this idlock (it has ${name}). Update idlock, or use another database.`,
      );
    }
    if (file !== sha256) {
      throw new StorageError(
        `The migration ${name} was edited after it ran on this database. Undo the edit and write a new migration.`,
      );
    }
  }
}

async function apply(client: DatabaseClient, { name, sql, sha256 }: Migration): Promise<void> {
  try {
    await client.query(sql);
  } catch (cause) {
    const failure = toStorageError(cause);
    if (failure instanceof IdlockError && failure.retryable) throw failure;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StorageError(`The migration ${name} failed and was undone: ${why}`, { cause });
  }
  await client.query('insert into idlock_migrations (name, sha256) values ($1, $2)', [name, sha256]);
}
