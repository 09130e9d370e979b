import type { SceneId } from '../domain/ids.ts';
import type { Take } from '../domain/scene.ts';
import type { Tx } from './database.ts';

/** Saves a take; the same number of the same scene is kept once, the first. */
export async function insertTake(tx: Tx, sceneId: SceneId, take: Take): Promise<void> {
  await tx
    .insertInto('takes')
    .values({
      id: take.id,
      scene_id: sceneId,
      number: take.number,
      image: JSON.stringify(take.image),
      verdict: JSON.stringify(take.verdict),
      seed: take.seed,
      renderer: take.renderer,
      cost_usd: take.costUsd,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The takes of a scene by number. */
export async function listTakes(tx: Tx, sceneId: SceneId): Promise<Take[]> {
  const rows = await tx
    .selectFrom('takes')
    .selectAll()
    .where('scene_id', '=', sceneId)
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    image: row.image,
    verdict: row.verdict,
    seed: Number(row.seed),
    renderer: row.renderer,
    costUsd: row.cost_usd,
  }));
}
