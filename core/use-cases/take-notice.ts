import type { SceneId } from '../domain/ids.ts';
import { findNotice, markNoticeDelivered } from '../stores/notices.ts';
import type { Caller, Doorway } from './use-case.ts';

/**
 * Marks the notice of a scene as delivered, by a caller that has the scene in hand already.
 * Returns false when it was delivered before, or there is none.
 */
export async function takeNotice(
  sceneId: SceneId,
  caller: Caller,
  { db }: Pick<Doorway, 'db'>,
): Promise<boolean> {
  return db.inTenant(caller.tenantId, async (tx) => {
    const notice = await findNotice(tx, sceneId);
    return notice ? markNoticeDelivered(tx, notice.id) : false;
  });
}
