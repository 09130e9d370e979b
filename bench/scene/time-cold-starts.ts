import { readConfig } from '../../core/config.ts';
import { openContext } from '../../core/context.ts';
import type { SceneId } from '../../core/domain/ids.ts';
import { openLog } from '../../core/log.ts';
import { localCaller } from './local-caller.ts';
import { runNode } from './run-node.ts';

/**
 * Draws a scene from the command line, `count` times, and returns how long after the start of each process its scene
 * was taken from the queue, ms.
 */
export async function timeColdStarts(
  character: string,
  { home, count }: { readonly home: string; readonly count: number },
): Promise<number[]> {
  const runs: { id: SceneId; startedAt: number }[] = [];
  for (let i = 0; i < count; i++) {
    const args = [
      'cli.ts',
      'scene',
      character,
      `${character} waits for the train`,
      '--size',
      '256',
      '--json',
    ];
    const { stdout, startedAt } = await runNode(args, home);
    runs.push({ id: JSON.parse(stdout).id, startedAt });
  }

  const config = readConfig({ IDLOCK_HOME: home });
  await using context = await openContext(config, openLog(config.log));
  const { tenantId } = await localCaller(context);
  return context.db.inTenant(tenantId, async (tx) => {
    const times: number[] = [];
    for (const { id, startedAt } of runs) {
      const row = await tx
        .selectFrom('scenes')
        .select('started_at')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      times.push(Number(row.started_at) - startedAt);
    }
    return times;
  });
}
