import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '#core/stores/database.ts';
import { ensureTenant } from '#core/stores/tenants.ts';

const STEPS = [
  'retrieve-memory',
  'write-prompt',
  'render-1',
  'score-1',
  'extract-state',
  'remember',
  'mark',
  'notify',
];

let home: string;
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'idlock-faults-'));
});
after(() => rm(home, { recursive: true, force: true }));

test('a scene that is killed at any step ends with one episode, one charge, one notice and no second render', async (t) => {
  let scenes = 0;
  for (const step of STEPS) {
    for (const phase of ['started', 'saved']) {
      await t.test(`kill -9 when ${step} has ${phase}`, async () => {
        assert.equal(await runChild(step, phase), 'SIGKILL');
        assert.equal(await runChild(), 0);
        scenes++;
        const rows = {
          success: scenes,
          episodes: scenes,
          charges: scenes,
          notices: scenes,
          vectors: scenes,
          takes: scenes,
          heads: scenes,
        };
        assert.deepEqual(await counts(), rows);
        assert.equal((await readFile(join(home, 'renders'), 'utf8')).split('\n').length - 1, scenes);
      });
    }
  }
});

/** Runs the child to its end; returns its exit code, or the signal that ended it. */
async function runChild(...args: string[]): Promise<number | string | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'scene-child.ts'), home, ...args], {
    stdio: 'inherit',
  });
  const [code, signal] = await once(child, 'exit');
  return signal ?? code;
}

async function counts(): Promise<Record<string, number>> {
  const db = await openDatabase({ home });
  try {
    const tenantId = await ensureTenant(db, { platform: 'local', externalId: 'faults', name: 'faults' });
    const { rows } = await db.inTenant(tenantId, (tx) =>
      sql<Record<string, number>>`select
        (select count(*)::int from scenes where status = 'success') as success,
        (select count(*)::int from episodes) as episodes,
        (select count(*)::int from usage_log) as charges,
        (select count(*)::int from notices) as notices,
        (select count(*)::int from vectors where role = 'episode-face') as vectors,
        (select count(*)::int from takes) as takes,
        (select coalesce(max(scene_index), 0) from episodes) as heads`.execute(tx),
    );
    return rows[0] ?? {};
  } finally {
    await db.close();
  }
}
