import { enrollingCharacters } from '../stores/characters.ts';
import { openScenes } from '../stores/scenes.ts';
import type { Doorway } from './use-case.ts';

/**
 * Puts back on the queue what Postgres says is unfinished and the queue does not know: after a lost or replaced queue,
 * a crash between row and job, or a worker that died. Only the first scene of a character's line is queued.
 *
 * Returns how many jobs were put back. Safe to run at any time and in several processes.
 */
export async function reconcile({ db, queue, log }: Pick<Doorway, 'db' | 'queue' | 'log'>): Promise<number> {
  const { characters, scenes } = await db.asSystem(async (tx) => ({
    characters: await enrollingCharacters(tx),
    scenes: await openScenes(tx),
  }));
  let restored = 0;
  for (const { tenantId, characterId } of characters) {
    if (await queue.isLive('identity', characterId)) continue;
    await queue.enqueue('identity', characterId, { tenantId, characterId });
    restored++;
  }
  for (const { tenantId, sceneId } of scenes) {
    if (await queue.isLive('scenes', sceneId)) continue;
    await queue.enqueue('scenes', sceneId, { tenantId, sceneId });
    restored++;
  }
  if (restored > 0) log.info({ restored }, 'unfinished work put back on the queue');
  return restored;
}
