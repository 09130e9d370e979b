import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StorageError } from '#core/errors.ts';
import { backupEmbedded, restoreEmbedded } from '#core/stores/embedded/backup.ts';
import type { EmbeddedPool } from '#core/stores/embedded/embedded-pool.ts';
import { openEmbeddedPool } from '#core/stores/embedded/open-embedded-pool.ts';

let folder: string;
let pool: EmbeddedPool;
let file: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idlock-backup-'));
  file = join(folder, 'backups', 'monday.tar.gz');
  pool = await openEmbeddedPool(join(folder, 'database'));
  await pool.query('create extension vector');
  await pool.query('create table faces (name text, embedding halfvec)');
  await pool.query("insert into faces values ('Arya', '[1,2,3]')");
});
after(async () => {
  await pool.end();
  await rm(folder, { recursive: true, force: true });
});

test('restoreEmbedded() gives the database as it was at backupEmbedded()', async () => {
  await backupEmbedded(pool, file);
  await pool.query("insert into faces values ('Bran', '[4,5,6]')");
  assert.deepEqual(await readdir(join(folder, 'backups')), ['monday.tar.gz']);

  const dir = join(folder, 'restored');
  await restoreEmbedded(file, dir);

  const restored = await openEmbeddedPool(dir);
  assert.deepEqual((await restored.query('select name, embedding::text from faces')).rows, [
    { name: 'Arya', embedding: '[1,2,3]' },
  ]);
  await restored.end();
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.includes('restoring')),
    [],
  );
});

test('restoreEmbedded() never overwrites a database', async () => {
  await backupEmbedded(pool, file);
  await assert.rejects(restoreEmbedded(file, join(folder, 'database')), /in use by process/);
  const used = join(folder, 'used');
  await mkdir(used);
  await writeFile(join(used, 'mine'), 'keep');
  await assert.rejects(restoreEmbedded(file, used), /not empty/);
  assert.equal(await readFile(join(used, 'mine'), 'utf8'), 'keep');
});

test('restoreEmbedded() of half a backup fails and leaves an empty folder', async () => {
  await backupEmbedded(pool, file);
  const half = join(folder, 'half.tar.gz');
  const bytes = await readFile(file);
  await writeFile(half, bytes.subarray(0, bytes.length / 2));
  const dir = join(folder, 'from-half');
  await assert.rejects(restoreEmbedded(half, dir), StorageError);
  assert.deepEqual(await readdir(dir), []);
  await assert.rejects(restoreEmbedded(join(folder, 'none.tar.gz'), dir), /cannot be read/);
});

test('backupEmbedded() that cannot be written leaves the old backup', async () => {
  await backupEmbedded(pool, file);
  const inTheWay = join(folder, 'in-the-way.tar.gz');
  await mkdir(join(inTheWay, 'full'), { recursive: true });
  await assert.rejects(backupEmbedded(pool, inTheWay), { name: 'StorageError', retryable: true });
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.part')),
    [],
  );
});
