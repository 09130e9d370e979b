import { isId, newId } from '../domain/ids.ts';
import type { Scene } from '../domain/scene.ts';
import { isTerminal } from '../domain/scene.ts';
import { NotFoundError } from '../errors.ts';
import { insertNotice } from '../stores/notices.ts';
import { getScene, nextQueuedScene, setSceneStatus } from '../stores/scenes.ts';
import { enqueueRow } from './enqueue-row.ts';
import type { Caller, Doorway } from './use-case.ts';

/**
 * Cancels a scene that has not ended; a running one stops before its next step. Cancelling twice, or what has ended,
 * changes nothing.
 *
 * @throws {NotFoundError} when the caller's tenant has no such scene.
 */
export async function cancelScene(
  sceneId: string,
  caller: Caller,
  { db, queue, log }: Doorway,
): Promise<Scene> {
  const { tenantId } = caller;
  const { scene, next } = await db.inTenant(tenantId, async (tx) => {
    const found = isId('scene', sceneId) ? await getScene(tx, sceneId) : undefined;
    if (!found) throw new NotFoundError('There is no such scene here');
    if (
      !isTerminal(found.status) &&
      (await setSceneStatus(tx, found.id, 'cancelled', { reason: 'Cancelled on request' }))
    ) {
      await insertNotice(tx, {
        id: newId('notice'),
        tenantId,
        sceneId: found.id,
        kind: 'scene-ended',
        replyTo: found.replyTo,
      });
    }
    const after = (await getScene(tx, found.id)) ?? found;
    return { scene: after, next: await nextQueuedScene(tx, found.characterId) };
  });
  await queue.remove('scenes', scene.id);
  if (next) await enqueueRow('scenes', next.id, { tenantId, sceneId: next.id }, { queue, log });
  return scene;
}
