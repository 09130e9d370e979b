import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#core/stores/database.ts';
import { type Child, startChild } from './child.ts';

let home: string;
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'idlock-killed-'));
});
after(() => rm(home, { recursive: true, force: true }));

/** What lies in the database of a home, read by a process that comes after the writer. */
async function readWritten(folder: string): Promise<{ audit: number[]; users: number[] }> {
  const database = await openDatabase({ home: folder });
  try {
    const audit = await database.pool.query<{ i: number }>(
      'select subject::int as i from audit_log order by 1',
    );
    const users = await database.pool.query<{ i: number }>('select name::int as i from users order by 1');
    return { audit: audit.rows.map(({ i }) => i), users: users.rows.map(({ i }) => i) };
  } finally {
    await database.close();
  }
}

function confirmedBy(writer: Child): number[] {
  return writer.lines.flatMap((line) => line.match(/^row (\d+)\.$/)?.[1] ?? []).map(Number);
}

test('kill -9 in the middle of writes loses nothing that was confirmed and tears no transaction', async () => {
  let start = 0;
  for (const rows of [1, 7, 60]) {
    const writer = startChild(import.meta.resolve('./write-rows.ts'), [home, String(start)]);
    await writer.line(`row ${start + rows}.`);
    await writer.kill();
    const confirmed = confirmedBy(writer);

    const { audit, users } = await readWritten(home);

    assert.deepEqual(audit, users, 'all rows of a transaction or none');
    assert.deepEqual(
      confirmed.filter((i) => !audit.includes(i)),
      [],
    );
    assert.equal(new Set(audit).size, audit.length);
    assert.ok(confirmed.length > rows);
    start = Math.max(...audit) + 1;
  }
});

test('kill -9 while the database is made leaves a folder that opens', async () => {
  for (const delayMs of [300, 1500]) {
    const folder = join(home, `made-${delayMs}`);
    const maker = startChild(import.meta.resolve('./write-rows.ts'), [folder]);
    await sleep(delayMs);
    await maker.kill();
    const database = await openDatabase({ home: folder });
    await database.close();
  }
});

test('a full disk stops the database with what to do, and loses nothing that was confirmed', async (t) => {
  const disk = await mkdtemp(join(tmpdir(), 'idlock-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=60m', 'none', disk], { stdio: 'ignore' });
  } catch {
    await rm(disk, { recursive: true });
    return t.skip('needs the right to mount a small file system, to fill it');
  }
  try {
    const writer = startChild(import.meta.resolve('./write-rows.ts'), [disk]);
    assert.match(await writer.line('failed'), /disk is full|No space is left/);
    await writer.kill();
    const confirmed = confirmedBy(writer);
    execFileSync('mount', ['-o', 'remount,size=200m', disk]);
    const { audit, users } = await readWritten(disk);
    assert.deepEqual(audit, users);
    assert.deepEqual(audit.slice(0, confirmed.length), confirmed);
  } finally {
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  }
});
