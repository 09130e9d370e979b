import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#core/stores/database.ts';
import { startChild } from './child.ts';

let home: string;
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'idlock-killed-'));
});
after(() => rm(home, { recursive: true, force: true }));

/** What lies in the database of a home, read by a process that comes after the writer. */
async function readWritten(folder: string): Promise<{ audit: number[]; steps: number[] }> {
  const database = await openDatabase({ home: folder });
  try {
    const audit = await database.pool.query<{ i: number }>(
      'select subject::int as i from audit_log order by 1',
    );
    const steps = await database.pool.query<{ i: number }>('select name::int as i from steps order by 1');
    return { audit: audit.rows.map(({ i }) => i), steps: steps.rows.map(({ i }) => i) };
  } finally {
    await database.close();
  }
}

test('kill -9 in the middle of writes loses nothing that was confirmed and tears no transaction', async () => {
  let start = 0;
  for (const delayMs of [0, 130, 610]) {
    const writer = startChild(import.meta.resolve('./write-rows.ts'), [home, String(start)]);
    await writer.line('open');
    await sleep(delayMs);
    await writer.kill();
    const confirmed = writer.lines.filter((line) => /^\d+$/.test(line)).map(Number);

    const { audit, steps } = await readWritten(home);

    assert.deepEqual(audit, steps, 'both rows of a transaction or none');
    assert.deepEqual(
      confirmed.filter((i) => !audit.includes(i)),
      [],
    );
    assert.equal(new Set(audit).size, audit.length);
    start = (audit.at(-1) ?? start - 1) + 1;
  }
  assert.ok(start > 20, `only ${start} rows were written`);
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
    const confirmed = writer.lines.filter((line) => /^\d+$/.test(line)).map(Number);
    execFileSync('mount', ['-o', 'remount,size=200m', disk]);
    const { audit, steps } = await readWritten(disk);
    assert.deepEqual(audit, steps);
    assert.deepEqual(audit.slice(0, confirmed.length), confirmed);
  } finally {
    execFileSync('umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  }
});
