import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { serverScripts, testRunFolder } from './test-run.ts';

export interface TestDatabase extends AsyncDisposable {
  /** Of an empty database that only this caller knows; its user may do anything in it. */
  readonly url: string;
}

export interface TestRedis {
  readonly url: string;
  /** Begins every key of this caller: the server may be shared. */
  readonly prefix: string;
}

/**
 * Opens an empty database on a real Postgres with pgvector; disposing drops it.
 *
 * The server is the one at `DATABASE_URL`, else one that this test run starts and stops (from Debian packages, or with
 * Docker). A machine that has neither is an error and not a skip.
 */
export async function startPostgres(): Promise<TestDatabase> {
  const serverUrl = process.env.DATABASE_URL || (await serverOf('postgres'));
  const name = `idlock_test_${randomBytes(6).toString('hex')}`;
  await administer(serverUrl, `create database ${name}`);

  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => administer(serverUrl, `drop database if exists ${name} with (force)`),
  };
}

/** Gives a real Redis (`REDIS_URL`, else one of this test run) and a key prefix of the caller's own. */
export async function startRedis(): Promise<TestRedis> {
  const url = process.env.REDIS_URL || (await serverOf('redis'));
  return { url, prefix: `idlock-test-${randomBytes(6).toString('hex')}` };
}

async function serverOf(kind: keyof typeof serverScripts): Promise<string> {
  const dir = join(await testRunFolder(), kind);
  // The first call downloads packages; the script says so itself when it waits or fails.
  const { stdout } = await promisify(execFile)(serverScripts[kind], ['up', dir], { timeout: 600_000 });
  return stdout.trim();
}

async function administer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
