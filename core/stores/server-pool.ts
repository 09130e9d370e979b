import pg from 'pg';
import { ConfigError } from '../errors.ts';
import type { DatabasePool } from './database-pool.ts';
import { SEARCH_PATH } from './embedded/open-embedded-pool.ts';

/**
 * Makes the pool to a Postgres server, with a limit on everything that waits.
 *
 * url: `postgres://user:password@host:port/database`, never logged.
 * poolSize: sessions at most; a worker waits on networks most of the time, and BullMQ's LISTEN takes one for good.
 * @throws {ConfigError} when it is no such address.
 */
export function serverPool(url: string, poolSize = 10): DatabasePool {
  // The driver would put the address, password and all, into its own error.
  if (!URL.canParse(url) || !/^postgres(ql)?:\/\//.test(url)) {
    throw new ConfigError('DATABASE_URL is no address like postgres://user:password@host:5432/database.');
  }
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'idlock',
    max: poolSize,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    idle_in_transaction_session_timeout: 60_000,
    options: `-c search_path=${SEARCH_PATH.replaceAll(' ', '')}`,
  });
  // A session that drops is replaced by the pool, and its query rejects. Without listeners the same error would also
  // end the process: the pool's hears of idle sessions, the client's of those that are lent out.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool as DatabasePool; // its overloads are wider than what IDLock uses
}
