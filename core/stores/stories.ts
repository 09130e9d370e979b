import type { Selectable } from 'kysely';
import type { CharacterId, EpisodeId, StoryId, TenantId, UserId } from '../domain/ids.ts';
import type { Story } from '../domain/story.ts';
import type { Tx } from './database.ts';
import type { Schema } from './schema.ts';

/** Saves a new, open story without a scene. */
export async function insertStory(
  tx: Tx,
  input: { id: StoryId; tenantId: TenantId; characterId: CharacterId; startedBy: UserId; title?: string },
): Promise<Story> {
  const row = await tx
    .insertInto('stories')
    .values({
      tenant_id: input.tenantId,
      id: input.id,
      character_id: input.characterId,
      started_by: input.startedBy,
      title: input.title ?? '',
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toStory(row);
}

export async function getStory(tx: Tx, id: StoryId): Promise<Story | undefined> {
  const row = await tx.selectFrom('stories').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toStory(row);
}

/** The newest story of the character that has not ended: where a scene goes that names none. */
export async function currentStory(tx: Tx, characterId: CharacterId): Promise<Story | undefined> {
  const row = await tx
    .selectFrom('stories')
    .selectAll()
    .where('character_id', '=', characterId)
    .where('status', '=', 'open')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toStory(row);
}

/** All stories of the character, newest first. */
export async function listStories(tx: Tx, characterId: CharacterId): Promise<Story[]> {
  const rows = await tx
    .selectFrom('stories')
    .selectAll()
    .where('character_id', '=', characterId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(toStory);
}

/** Moves the head: forward when a scene is remembered, back to rewind (null is before the first scene). */
export async function setStoryHead(tx: Tx, id: StoryId, episodeId: EpisodeId | null): Promise<void> {
  await tx
    .updateTable('stories')
    .set({ head_episode_id: episodeId, updated_at: new Date() })
    .where('id', '=', id)
    .execute();
}

export async function endStory(tx: Tx, id: StoryId): Promise<void> {
  await tx
    .updateTable('stories')
    .set({ status: 'ended', updated_at: new Date() })
    .where('id', '=', id)
    .execute();
}

function toStory(row: Selectable<Schema['stories']>): Story {
  return {
    id: row.id,
    characterId: row.character_id,
    startedBy: row.started_by,
    title: row.title,
    status: row.status,
    headEpisodeId: row.head_episode_id,
    createdAt: row.created_at,
  };
}
