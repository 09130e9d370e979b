import type { SceneId, UserId } from '../domain/ids.ts';
import type { Tx } from './database.ts';

export interface Usage {
  readonly sceneId: SceneId;
  readonly userId: UserId;
  readonly renderer: string;
  readonly takes: number;
  readonly costUsd: number;
}

/** Charges a scene, once; returns whether this call did. */
export async function insertUsage(tx: Tx, usage: Usage): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('usage_log')
    .values({
      scene_id: usage.sceneId,
      user_id: usage.userId,
      renderer: usage.renderer,
      takes: usage.takes,
      cost_usd: usage.costUsd,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** What the tenant, or one person in it, used since a moment. */
export async function sumUsage(
  tx: Tx,
  { since, userId }: { since: Date; userId?: UserId },
): Promise<{ readonly scenes: number; readonly takes: number; readonly costUsd: number }> {
  let query = tx.selectFrom('usage_log').where('created_at', '>=', since);
  if (userId) query = query.where('user_id', '=', userId);
  const { scenes, takes, cost } = await query
    .select(({ fn }) => [
      fn.countAll<string>().as('scenes'),
      fn.sum<string | null>('takes').as('takes'),
      fn.sum<number | null>('cost_usd').as('cost'),
    ])
    .executeTakeFirstOrThrow();
  // Counts and integer sums are bigint, which the driver reads as text; the sum of no rows is null.
  return { scenes: Number(scenes), takes: Number(takes ?? 0), costUsd: cost ?? 0 };
}
