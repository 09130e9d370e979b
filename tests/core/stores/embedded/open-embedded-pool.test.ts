import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StorageError } from '#core/errors.ts';
import { type Database, openDatabase } from '#core/stores/database.ts';
import { EMBEDDED_MAJOR, openEmbeddedPool } from '#core/stores/embedded/open-embedded-pool.ts';
import { startChild } from './child.ts';

let folder: string;
let home: string;
let database: Database;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idlock-embedded-'));
  // Longer than the address of a socket may be.
  home = join(folder, 'a-home-whose-path-is-longer-than-the-address-of-a-unix-socket-may-be-on-any-system');
  database = await openDatabase({ home });
});
after(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test('openDatabase() in a second process is refused and says who has it', async () => {
  const other = startChild(import.meta.resolve('./write-rows.ts'), [home]);
  assert.match(await other.line('failed'), new RegExp(`in use by process ${process.pid}`));
  assert.equal((await database.pool.query<{ n: number }>('select 1 as n')).rows[0]?.n, 1);
});

test('openEmbeddedPool() brings the Postgres version that it checks for', async () => {
  const { rows } = await database.pool.query<{ major: number }>(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  assert.equal(rows[0]?.major, EMBEDDED_MAJOR);
});

test('openEmbeddedPool() refuses the files of a newer and of an older Postgres, and touches nothing', async () => {
  for (const [major, advice] of [
    [EMBEDDED_MAJOR + 1, /holds a Postgres 19 database.*Update idlock/],
    [EMBEDDED_MAJOR - 1, /holds a Postgres 17 database.*Restore a backup/],
  ] as const) {
    const dir = join(folder, `postgres-${major}`);
    await mkdir(dir);
    await writeFile(join(dir, 'PG_VERSION'), `${major}\n`);
    for (const _twice of [1, 2]) await assert.rejects(openEmbeddedPool(dir), advice);
  }
});

test('openEmbeddedPool() says what to do about a folder that cannot be made', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await assert.rejects(openEmbeddedPool(join(file, 'below')), /cannot be made.*IDLOCK_HOME/);
});

test('openEmbeddedPool() says that damaged files are damaged', async () => {
  const dir = join(folder, 'damaged');
  await mkdir(join(dir, 'global'), { recursive: true });
  await writeFile(join(dir, 'PG_VERSION'), `${EMBEDDED_MAJOR}\n`);
  await writeFile(join(dir, 'global', 'pg_control'), 'not a control file');
  await assert.rejects(openEmbeddedPool(dir), (error) => {
    assert.ok(error instanceof StorageError);
    assert.match(error.userMessage, /damaged. Restore a backup/);
    return true;
  });
});

test('openEmbeddedPool() stops when it is told to, and lets go of the folder', async () => {
  const dir = join(folder, 'stopped');
  await assert.rejects(openEmbeddedPool(dir, AbortSignal.timeout(50)), { name: 'TimeoutError' });
  const pool = await openEmbeddedPool(dir);
  await pool.end();
});

test('end() closes once, refuses what comes later, and the folder opens again', async () => {
  const dir = join(folder, 'ended');
  const pool = await openEmbeddedPool(dir);
  await pool.query('create table kept (x int)');
  await Promise.all([pool.end(), pool.end()]);
  await assert.rejects(pool.query('select 1'), /is closed/);
  const again = await openEmbeddedPool(dir);
  assert.deepEqual((await again.query('select * from kept')).rows, []);
  await again.end();
});

test('the log of a busy database does not grow without end', async () => {
  const dir = join(folder, 'busy');
  const pool = await openEmbeddedPool(dir);
  await pool.query('create table busy (text text)');
  // 160 MB of log: over twice what is kept.
  for (let i = 0; i < 2000; i++) {
    await pool.query("insert into busy select repeat('x', 1000) from generate_series(1, 70)");
  }
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from pg_ls_waldir()');
  assert.ok((rows[0]?.n ?? 99) <= 6, `${rows[0]?.n} files of 16 MB`);
  await pool.end();
});
