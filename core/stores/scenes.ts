import { type Selectable, sql } from 'kysely';
import type { CharacterId, SceneId, StoryId, TenantId } from '../domain/ids.ts';
import {
  isTerminal,
  type Scene,
  type SceneRequest,
  type SceneResult,
  type SceneStatus,
} from '../domain/scene.ts';
import type { Tx } from './database.ts';
import type { Schema } from './schema.ts';

const OPEN = ['queued', 'running'] as const;

/** Saves a scene as `queued`. The job comes after the commit: a row without a job is found by the reconciler. */
export async function insertScene(
  tx: Tx,
  scene: SceneRequest & { readonly id: SceneId; readonly tenantId: TenantId },
): Promise<Scene> {
  const row = await tx
    .insertInto('scenes')
    .values({
      tenant_id: scene.tenantId,
      id: scene.id,
      character_id: scene.characterId,
      story_id: scene.storyId,
      requested_by: scene.requestedBy,
      prompt: scene.prompt,
      style_overrides: scene.styleOverrides,
      pose: scene.pose && JSON.stringify(scene.pose),
      aspect_ratio: scene.aspectRatio,
      size_px: scene.sizePx,
      seed: scene.seed,
      refine_face: scene.refineFace,
      reply_to: scene.replyTo,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toScene(row);
}

export async function getScene(tx: Tx, id: SceneId): Promise<Scene | undefined> {
  const row = await tx.selectFrom('scenes').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toScene(row);
}

/** Scenes of a character or a story or the whole tenant, newest first. */
export async function listScenes(
  tx: Tx,
  { characterId, storyId, limit }: { characterId?: CharacterId; storyId?: StoryId; limit: number },
): Promise<Scene[]> {
  let query = tx.selectFrom('scenes').selectAll();
  if (characterId) query = query.where('character_id', '=', characterId);
  if (storyId) query = query.where('story_id', '=', storyId);
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toScene);
}

/** How far a scene is, in one row: for those who look often. */
export async function sceneProgress(
  tx: Tx,
  id: SceneId,
): Promise<{ readonly status: SceneStatus; readonly steps: number } | undefined> {
  return tx
    .selectFrom('scenes')
    .select(({ selectFrom, ref }) => [
      'status',
      selectFrom('steps')
        .whereRef('steps.owner_id', '=', ref('scenes.id'))
        .select(sql<number>`count(*)::int`.as('steps'))
        .$asScalar()
        .$notNull()
        .as('steps'),
    ])
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * Moves a scene to another status; `running` counts an attempt. A scene that is finished stays so, whoever comes late.
 *
 * Returns whether it was moved: false when it is finished, or is not there.
 */
export async function setSceneStatus(
  tx: Tx,
  id: SceneId,
  status: SceneStatus,
  { reason, result }: { reason?: string; result?: SceneResult } = {},
): Promise<boolean> {
  const now = new Date();
  const { numUpdatedRows } = await tx
    .updateTable('scenes')
    .set({
      status,
      reason: reason ?? null,
      updated_at: now,
      ...(result && { result: JSON.stringify(result) }),
      ...(status === 'running' && { started_at: now, attempt: sql<number>`attempt + 1` }),
      ...(isTerminal(status) && { finished_at: now }),
    })
    .where('id', '=', id)
    .where('status', 'in', OPEN)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * The first in the character's line, when it waits; undefined when it runs already, or nothing is open. A character's
 * scenes run one after the other.
 */
export async function nextQueuedScene(tx: Tx, characterId: CharacterId): Promise<Scene | undefined> {
  const row = await tx
    .selectFrom('scenes')
    .selectAll()
    .where('character_id', '=', characterId)
    .where('status', 'in', OPEN)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row?.status === 'queued' ? toScene(row) : undefined;
}

/** How many unfinished scenes of the same character were asked for before this one. */
export async function countScenesAhead(tx: Tx, id: SceneId): Promise<number> {
  const { ahead } = await tx
    .selectFrom('scenes as mine')
    .innerJoin('scenes as other', 'other.character_id', 'mine.character_id')
    .where('mine.id', '=', id)
    .where('other.status', 'in', OPEN)
    .where(sql<boolean>`(other.created_at, other.id) < (mine.created_at, mine.id)`)
    .select(({ fn }) => fn.countAll<string>().as('ahead'))
    .executeTakeFirstOrThrow();
  return Number(ahead);
}

export interface OpenScene {
  readonly tenantId: TenantId;
  readonly sceneId: SceneId;
  readonly characterId: CharacterId;
  readonly status: SceneStatus;
  readonly updatedAt: Date;
}

/** The first unfinished scene in each character's line, of all tenants. For `asSystem`. */
export async function openScenes(tx: Tx, limit = 1000): Promise<OpenScene[]> {
  return tx
    .selectFrom('scenes')
    .distinctOn(['tenant_id', 'character_id'])
    .select([
      'tenant_id as tenantId',
      'id as sceneId',
      'character_id as characterId',
      'status',
      'updated_at as updatedAt',
    ])
    .where('status', 'in', OPEN)
    .orderBy('tenant_id')
    .orderBy('character_id')
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

function toScene(row: Selectable<Schema['scenes']>): Scene {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    characterId: row.character_id,
    storyId: row.story_id,
    requestedBy: row.requested_by,
    prompt: row.prompt,
    styleOverrides: row.style_overrides,
    pose: row.pose,
    aspectRatio: row.aspect_ratio,
    sizePx: row.size_px,
    seed: Number(row.seed),
    refineFace: row.refine_face,
    replyTo: row.reply_to,
    status: row.status,
    attempt: row.attempt,
    reason: row.reason,
    result: row.result,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
