import { type Selectable, sql } from 'kysely';
import type { Episode } from '../domain/episode.ts';
import type { CharacterId, EpisodeId, SceneId } from '../domain/ids.ts';
import type { Tx } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Saves what a scene left in memory, once for a scene: returns the given episode, or the one that was there. Its
 * vectors and state changes belong in the same transaction, and only when the returned id is the given one.
 */
export async function insertEpisode(tx: Tx, characterId: CharacterId, episode: Episode): Promise<Episode> {
  const row = await tx
    .insertInto('episodes')
    .values({
      id: episode.id,
      character_id: characterId,
      story_id: episode.storyId,
      scene_id: episode.sceneId,
      parent_id: episode.parentId,
      scene_index: episode.sceneIndex,
      text: episode.text,
      tags: episode.tags,
      image: JSON.stringify(episode.image),
      state: JSON.stringify(episode.state),
      created_at: episode.createdAt,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scene_id']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) return toEpisode(row);
  return toEpisode(
    await tx
      .selectFrom('episodes')
      .selectAll()
      .where('scene_id', '=', episode.sceneId)
      .executeTakeFirstOrThrow(),
  );
}

export async function getEpisode(tx: Tx, id: EpisodeId): Promise<Episode | undefined> {
  const row = await tx.selectFrom('episodes').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toEpisode(row);
}

export async function findEpisodeOfScene(tx: Tx, sceneId: SceneId): Promise<Episode | undefined> {
  const row = await tx.selectFrom('episodes').selectAll().where('scene_id', '=', sceneId).executeTakeFirst();
  return row && toEpisode(row);
}

/** The ids on the branch that ends in `headId`: that episode and its parents, newest first, at most `limit`. */
export async function branchIds(tx: Tx, headId: EpisodeId, limit: number): Promise<EpisodeId[]> {
  const rows = await tx
    .withRecursive('path', (query) =>
      query
        .selectFrom('episodes')
        .select(['id', 'parent_id', sql<number>`1`.as('depth')])
        .where('id', '=', headId)
        .unionAll(
          query
            .selectFrom('episodes')
            .innerJoin('path', 'path.parent_id', 'episodes.id')
            .select(['episodes.id', 'episodes.parent_id', sql<number>`path.depth + 1`.as('depth')])
            .where('path.depth', '<', limit),
        ),
    )
    .selectFrom('path')
    .select('id')
    .orderBy('depth')
    .execute();
  return rows.map(({ id }) => id);
}

/** These episodes, the latest in their stories first. */
export async function getEpisodes(tx: Tx, ids: readonly EpisodeId[]): Promise<Episode[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('episodes')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('scene_index', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toEpisode);
}

/** All episodes of the character over all stories and branches, newest first. */
export async function listEpisodes(tx: Tx, characterId: CharacterId, limit = 100): Promise<Episode[]> {
  const rows = await tx
    .selectFrom('episodes')
    .selectAll()
    .where('character_id', '=', characterId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toEpisode);
}

function toEpisode(row: Selectable<Schema['episodes']>): Episode {
  return {
    id: row.id,
    storyId: row.story_id,
    sceneId: row.scene_id,
    parentId: row.parent_id,
    sceneIndex: row.scene_index,
    text: row.text,
    tags: row.tags,
    image: row.image,
    state: row.state,
    createdAt: row.created_at,
  };
}
