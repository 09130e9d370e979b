import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import type { EmbeddedPool } from '#core/stores/embedded/embedded-pool.ts';
import { openEmbeddedPool } from '#core/stores/embedded/open-embedded-pool.ts';
import { vacuumDueTables } from '#core/stores/embedded/upkeep.ts';

let dir: string;
let pool: EmbeddedPool;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'idlock-pool-'));
  pool = await openEmbeddedPool(dir);
  await pool.query('create table numbers (n int primary key)');
});
after(async () => {
  await pool.end();
  await rm(dir, { recursive: true, force: true });
});

async function countNumbers(): Promise<number> {
  return Number((await pool.query<{ n: string }>('select count(*) as n from numbers')).rows[0]?.n);
}

test('a statement of another client waits until the transaction has ended', async () => {
  const [first, second] = [await pool.connect(), await pool.connect()];
  await first.query('begin');
  await first.query('insert into numbers values (1)');
  let seen: number | undefined;
  const other = second.query<{ n: number }>('select count(*)::int as n from numbers').then(({ rows }) => {
    seen = rows[0]?.n;
  });
  await tick();
  assert.equal(seen, undefined);
  await first.query('rollback');
  await other;
  assert.equal(seen, 0);
  first.release();
  second.release();
});

test('a failed statement keeps its transaction, and others wait for its end', async () => {
  const client = await pool.connect();
  await client.query('begin');
  await client.query('insert into numbers values (2)');
  await assert.rejects(client.query('insert into numbers values (2)'), {
    code: '23505',
    constraint: 'numbers_pkey',
    severity: 'ERROR',
  });
  const later = countNumbers();
  await assert.rejects(client.query('select 1'), { code: '25P02' });
  assert.equal((await client.query('commit')).command, 'ROLLBACK');
  assert.equal(await later, 0);
  client.release();
});

test('a transaction that a text opens on the way is seen as one', async () => {
  const client = await pool.connect();
  await client.query('select 1; begin; insert into numbers values (3)');
  const later = countNumbers();
  client.release();
  assert.equal(await later, 0);
  await assert.rejects(client.query('select 1'), /released client/);
});

test('pool.query() cannot leave a transaction open', async () => {
  await pool.query('begin');
  await pool.query('insert into numbers values (4)');
  assert.equal(await countNumbers(), 1);
  await pool.query('delete from numbers');
});

test('the same name for two statements of two clients is no conflict', async () => {
  const [first, second] = [await pool.connect(), await pool.connect()];
  // The driver takes a config as well; kysely and BullMQ do not, so the port leaves it out.
  const named = (text: string) => ({ name: 'same', text, values: ['7'] }) as unknown as string;
  assert.deepEqual((await first.query(named('select $1::int as n'))).rows, [{ n: 7 }]);
  assert.deepEqual((await second.query(named('select $1::text as n'))).rows, [{ n: '7' }]);
  first.release();
  second.release();
});

test('UNLISTEN and release() of one client leave the other listening', async () => {
  const [first, second, third] = [await pool.connect(), await pool.connect(), await pool.connect()];
  const heard: string[] = [];
  for (const [name, client] of Object.entries({ first, second, third })) {
    client.on('notification', ({ payload }) => heard.push(`${name} ${payload}`));
    await client.query('-- a comment\nlisten Jobs;');
  }
  await first.query('unlisten *');
  third.release();
  await pool.query("notify jobs, '1'");
  while (heard.length === 0) await tick();
  assert.deepEqual(heard, ['second 1']);
  await assert.rejects(
    (async () => {
      await second.query('begin');
      await second.query('listen late');
    })(),
    /inside a transaction/,
  );
  first.release();
  second.release();
});

test('vacuumDueTables() does what autovacuum would', async () => {
  await pool.query('create table "Busy table" (n int)');
  await pool.query('insert into "Busy table" select generate_series(1, 500)');
  await pool.query('update "Busy table" set n = n + 1');
  assert.deepEqual(await vacuumDueTables(pool), ['public."Busy table"']);
  assert.deepEqual(await vacuumDueTables(pool), []);
  const { rows } = await pool.query<{ reltuples: number }>(
    `select reltuples from pg_class where relname = 'Busy table'`,
  );
  assert.equal(rows[0]?.reltuples, 500);
});

test('dump() waits for the running transaction', async () => {
  const client = await pool.connect();
  await client.query('begin');
  let dumped = false;
  const dump = pool.dump().then((bytes) => {
    dumped = true;
    return bytes;
  });
  await client.query('select 1');
  assert.equal(dumped, false);
  await client.query('commit');
  client.release();
  assert.deepEqual([...(await dump).subarray(0, 2)], [0x1f, 0x8b], 'gzip');
});

test('a database that ends by itself rejects all who use it, says so once, and lets go of the folder', async () => {
  const lost = await mkdtemp(join(tmpdir(), 'idlock-lost-'));
  const ended = await openEmbeddedPool(lost);
  const errors: Error[] = [];
  ended.on('error', (error) => errors.push(error));
  const holder = await ended.connect();
  await holder.query('begin');
  const waiting = ended.query('select 1');
  // Postgres panics when its control file is gone.
  await rm(join(lost, 'global', 'pg_control'));
  await assert.rejects(holder.query('checkpoint'), { severity: 'PANIC' });
  const stopped = { name: 'StorageError', retryable: true, userMessage: /has stopped. Start idlock again/ };
  await assert.rejects(holder.query('commit'), stopped);
  await assert.rejects(waiting, stopped);
  await assert.rejects(ended.query('select 1'), stopped);
  holder.release();
  while (errors.length === 0) await tick();
  await assert.rejects(openEmbeddedPool(lost), /damaged/, 'not "in use"');
  await ended.end();
  assert.equal(errors.length, 1);
  await rm(lost, { recursive: true });
});
