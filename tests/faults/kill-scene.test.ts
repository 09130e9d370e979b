import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';

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
        assert.equal((await runChild(step, phase)).ended, 'SIGKILL');
        const { ended, printed } = await runChild();
        assert.equal(ended, 0);
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
        assert.deepEqual(JSON.parse(printed), rows);
        assert.equal((await readFile(join(home, 'renders'), 'utf8')).split('\n').length - 1, scenes);
      });
    }
  }
});

/** Runs the child to its end: its exit code, or the signal that ended it, and what it printed. */
async function runChild(...args: string[]): Promise<{ ended: number | string | null; printed: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'scene-child.ts'), home, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed, [code, signal]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { ended: signal ?? code, printed };
}
