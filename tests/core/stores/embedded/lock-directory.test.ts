import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StorageError } from '#core/errors.ts';
import { lockDirectory } from '#core/stores/embedded/lock-directory.ts';
import { startChild } from './child.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idlock-lock-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('lockDirectory() refuses a second opener and names the first', async () => {
  const dir = join(folder, 'second');
  const lock = await lockDirectory(dir);
  const child = startChild(import.meta.resolve('./hold-lock.ts'), [dir]);
  assert.match(await child.line('refused'), new RegExp(`in use by process ${process.pid}. Stop that idlock`));
  await assert.rejects(lockDirectory(dir), StorageError);
  await lock.release();
  await (await lockDirectory(dir)).release();
  assert.deepEqual(await readdir(`${dir}.lock`), [], 'nothing is left behind');
});

test('lockDirectory() lets exactly one of four in after the holder was killed', async () => {
  const dir = join(folder, 'killed');
  let holder = startChild(import.meta.resolve('./hold-lock.ts'), [dir]);
  await holder.line('held');
  for (let round = 1; round <= 3; round++) {
    await holder.kill();
    const openers = Array.from({ length: 4 }, () => startChild(import.meta.resolve('./hold-lock.ts'), [dir]));
    const said = await Promise.all(openers.map((opener) => opener.line('')));
    const winner = openers[said.indexOf('held')];
    assert.ok(winner, said.join());
    const refused = said.filter((line) => line.includes(`in use by process ${winner.process.pid}.`));
    assert.equal(refused.length, 3, said.join());
    holder = winner;
  }
  await holder.kill();
});

test('lockDirectory() lets exactly one of many in this process in', async () => {
  const dir = join(folder, 'many');
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockDirectory(dir)));
  const locks = tries.filter((one) => one.status === 'fulfilled');
  assert.equal(locks.length, 1);
  await locks[0]?.value.release();
});

test('lockDirectory() holds for a path too long for a socket, wherever temporary files lie', async () => {
  const dir = join(folder, ...Array.from({ length: 6 }, (_, i) => `${i}-a-long-name-in-the-way-of-sockets`));
  await mkdir(dir, { recursive: true });
  assert.ok(dir.length > 200);
  const lock = await lockDirectory(dir);
  const elsewhere = await mkdtemp(join(folder, 'tmp-'));
  const child = startChild(import.meta.resolve('./hold-lock.ts'), [dir], { TMPDIR: elsewhere });
  assert.match(await child.line('refused'), /in use by process/);
  assert.deepEqual(await readdir(elsewhere), [], 'no link is left behind');
  await lock.release();
  const next = startChild(import.meta.resolve('./hold-lock.ts'), [dir], { TMPDIR: elsewhere });
  await next.line('held');
  await next.kill();
});

test('lockDirectory() says what to do when the folder cannot hold a lock', async () => {
  const dir = join(folder, 'file');
  await writeFile(`${dir}.lock`, 'in the way');
  await assert.rejects(lockDirectory(dir), /cannot be written to.*set IDLOCK_HOME/);
});

test('the lock folder is for its owner only', async () => {
  const dir = join(folder, 'private');
  const lock = await lockDirectory(dir);
  const { mode } = await stat(`${dir}.lock`);
  assert.equal(mode & 0o777, 0o700);
  await lock.release();
});
