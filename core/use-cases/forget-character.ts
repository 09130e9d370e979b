import type { CharacterId } from '../domain/ids.ts';
import { NotFoundError } from '../errors.ts';
import { appendAudit } from '../stores/audit.ts';
import { lockCharacter } from '../stores/characters.ts';
import { forgetCharacter as forgetRows } from '../stores/forget-character.ts';
import { listScenes } from '../stores/scenes.ts';
import type { Caller, Doorway } from './use-case.ts';

/** What went, by kind; no personal data in it. */
export interface ForgetReceipt {
  readonly characterId: CharacterId;
  readonly rows: Readonly<Record<string, number>>;
  readonly images: number;
}

/**
 * Erases a character: rows, vectors, consents' names, queued jobs and pictures. What stays is one audit line that says
 * when and how much.
 *
 * Rows go first and in one transaction, so a crash leaves at most pictures that nothing refers to; calling it again
 * for the same id removes those too.
 * @throws {NotFoundError} when there is nothing of that id, in rows or pictures.
 */
export async function forgetCharacter(
  characterId: CharacterId,
  caller: Caller,
  doorway: Doorway,
): Promise<ForgetReceipt> {
  const { tenantId } = caller;
  const { rows, sceneIds } = await doorway.db.inTenant(tenantId, async (tx) => {
    if (!(await lockCharacter(tx, characterId))) return { rows: {}, sceneIds: [] };
    const scenes = await listScenes(tx, { characterId, limit: 10_000 });
    const counts = await forgetRows(tx, characterId);
    await appendAudit(tx, {
      tenantId,
      actor: caller.userId,
      action: 'character-forgotten',
      subject: characterId,
      detail: counts,
    });
    return { rows: counts, sceneIds: scenes.map(({ id }) => id) };
  });
  const images = await doorway.images.removeAll(`${tenantId}/${characterId}/`);
  if (Object.keys(rows).length === 0 && images === 0)
    throw new NotFoundError('There is no such character here');
  await doorway.queue.remove('identity', characterId);
  for (const sceneId of sceneIds) await doorway.queue.remove('scenes', sceneId);
  return { characterId, rows, images };
}
