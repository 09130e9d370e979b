import type { CharacterId, EpisodeId, SceneId } from '../domain/ids.ts';
import type { StateChange } from '../domain/state.ts';
import type { Tx } from './database.ts';

/** Appends what a scene changed to the ledger, in order. The same scene is written once. */
export async function insertStateChanges(
  tx: Tx,
  input: { episodeId: EpisodeId; sceneId: SceneId; changes: readonly StateChange[] },
): Promise<void> {
  if (input.changes.length === 0) return;
  await tx
    .insertInto('state_facts')
    .values(
      input.changes.map(({ change, characterId, fact }, position) => ({
        scene_id: input.sceneId,
        position,
        episode_id: input.episodeId,
        character_id: characterId,
        fact_id: fact.id,
        change,
        kind: fact.kind,
        slot: fact.slot,
        value: fact.value,
        first_scene_id: fact.firstSceneId,
        last_scene_id: fact.lastSceneId,
        evidence: JSON.stringify(fact.evidence),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The ledger of a character, or of some of its episodes (a branch), oldest line first. */
export async function listStateChanges(
  tx: Tx,
  { characterId, episodeIds }: { characterId: CharacterId; episodeIds?: readonly EpisodeId[] },
): Promise<(StateChange & { readonly episodeId: EpisodeId; readonly sceneId: SceneId })[]> {
  let query = tx.selectFrom('state_facts').selectAll().where('character_id', '=', characterId);
  if (episodeIds) query = query.where('episode_id', 'in', episodeIds);
  const rows = await query.orderBy('created_at').orderBy('scene_id').orderBy('position').execute();
  return rows.map((row) => ({
    episodeId: row.episode_id,
    sceneId: row.scene_id,
    change: row.change,
    characterId: row.character_id,
    fact: {
      id: row.fact_id,
      kind: row.kind,
      slot: row.slot,
      value: row.value,
      firstSceneId: row.first_scene_id,
      lastSceneId: row.last_scene_id,
      evidence: row.evidence,
    },
  }));
}
