import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Redis } from 'ioredis';
import pg from 'pg';
import { startPostgres, startRedis } from './start.ts';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('startPostgres() gives each caller a database of its own with pgvector', async () => {
  await using first = await startPostgres();
  await using second = await startPostgres();

  await query(first.url, 'create extension vector; create table mine (embedding halfvec(2))');
  await query(first.url, `insert into mine values ('[3,4]')`);

  assert.deepEqual(await query(first.url, `select l2_norm(embedding) as n from mine`), [{ n: 5 }]);
  assert.deepEqual(await query(second.url, `select to_regclass('mine') as found`), [{ found: null }]);
});

test('startPostgres() drops the database when it is disposed', async () => {
  await using other = await startPostgres();
  const database = await startPostgres();
  const name = new URL(database.url).pathname.slice(1);
  await database[Symbol.asyncDispose]();

  assert.deepEqual(await query(other.url, `select datname from pg_database where datname = '${name}'`), []);
});

test('startPostgres() runs a version that IDLock supports', async () => {
  await using database = await startPostgres();
  const [row] = await query(database.url, `select current_setting('server_version_num')::int as version`);
  assert.ok(Number(row?.version) >= 160_000);
});

test('startRedis() gives each caller a prefix of its own on a server that answers', async () => {
  const [first, second] = [await startRedis(), await startRedis()];
  const redis = new Redis(first.url);
  try {
    assert.equal(await redis.set(`${first.prefix}:x`, '1', 'EX', 60), 'OK');
    assert.notEqual(first.prefix, second.prefix);
    assert.equal(await redis.get(`${second.prefix}:x`), null);
  } finally {
    await redis.quit();
  }
});
