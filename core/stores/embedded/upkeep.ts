import type { DatabasePool } from '../database-pool.ts';

const INTERVAL_MS = 60_000;

/** As autovacuum's defaults, https://www.postgresql.org/docs/18/routine-vacuuming.html#AUTOVACUUM */
const DUE_TABLES = `
  select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
  where n_dead_tup > 50 + 0.2 * n_live_tup
    or n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
    or n_mod_since_analyze > 50 + 0.1 * n_live_tup`;

/**
 * Vacuums and analyses the tables that need it, each between two transactions of others: milliseconds for tables of
 * this size. A single-session Postgres has no autovacuum, so without it the queue's tables would grow for ever and the
 * search for vectors would read table rows.
 *
 * Returns the names of the tables.
 */
export async function vacuumDueTables(pool: Pick<DatabasePool, 'query'>): Promise<string[]> {
  await pool.query('select pg_stat_force_next_flush()'); // counts come up to a second late otherwise
  const { rows } = await pool.query<{ name: string }>(DUE_TABLES);
  for (const { name } of rows) await pool.query(`vacuum (analyze) ${name}`);
  return rows.map(({ name }) => name);
}

/** Keeps the database in shape while it is open; returns how to stop. Never keeps the process alive. */
export function startUpkeep(pool: Pick<DatabasePool, 'query'>): () => void {
  // A failure is no news: a busy or stopped database tells its users itself, and the next round tries again.
  const timer = setInterval(() => void vacuumDueTables(pool).catch(() => undefined), INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
