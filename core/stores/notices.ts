import type { NoticeId, SceneId, TenantId } from '../domain/ids.ts';
import type { Tx } from './database.ts';

export interface Notice {
  readonly id: NoticeId;
  readonly tenantId: TenantId;
  readonly sceneId: SceneId;
  readonly kind: string;
  /** Where it goes: `cli`, `discord/<channel>/<thread>`, a web hook. */
  readonly replyTo: string;
  readonly createdAt: Date;
}

/** Puts a notice into the outbox, once for a scene and kind; returns whether this call did. */
export async function insertNotice(
  tx: Tx,
  notice: { id: NoticeId; tenantId: TenantId; sceneId: SceneId; kind: string; replyTo: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('notices')
    .values({
      tenant_id: notice.tenantId,
      id: notice.id,
      scene_id: notice.sceneId,
      kind: notice.kind,
      reply_to: notice.replyTo,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'scene_id', 'kind']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** The notice that a scene has ended; undefined before. */
export async function findNotice(tx: Tx, sceneId: SceneId): Promise<Pick<Notice, 'id'> | undefined> {
  return tx.selectFrom('notices').select('id').where('scene_id', '=', sceneId).executeTakeFirst();
}

/**
 * Notices that nobody has delivered, oldest first: of all tenants in `asSystem`, of one in `inTenant`.
 *
 * replyToPrefix: only those for one door, for example `discord/`.
 */
export async function pendingNotices(tx: Tx, replyToPrefix = '', limit = 100): Promise<Notice[]> {
  return tx
    .selectFrom('notices')
    .select([
      'id',
      'tenant_id as tenantId',
      'scene_id as sceneId',
      'kind',
      'reply_to as replyTo',
      'created_at as createdAt',
    ])
    .where('status', '=', 'pending')
    .where(({ fn, val, eb }) => eb(fn<boolean>('starts_with', ['reply_to', val(replyToPrefix)]), '=', true))
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Takes a notice out of the outbox; returns false when somebody else delivered it before. */
export async function markNoticeDelivered(tx: Tx, id: NoticeId): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('notices')
    .set({ status: 'delivered', delivered_at: new Date() })
    .where('id', '=', id)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
