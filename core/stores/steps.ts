import type { CharacterId, SceneId, TenantId } from '../domain/ids.ts';
import type { SceneStatus } from '../domain/scene.ts';
import type { Tx } from './database.ts';

type StepOwner = SceneId | CharacterId;

/** What the steps of a scene gave so far, by name. Results are JSON; null is a result too. */
export async function stepResults(tx: Tx, ownerId: StepOwner): Promise<Map<string, unknown>> {
  const rows = await tx
    .selectFrom('steps')
    .select(['name', 'result'])
    .where('owner_id', '=', ownerId)
    .execute();
  return new Map(rows.map(({ name, result }) => [name, result]));
}

/**
 * Saves what a step gave; the first result stays, so that all who ask later go on from the same one.
 *
 * result: anything JSON can hold; undefined is kept as null.
 * Returns the status of the scene at this moment, in the same statement: whether the next step is still wanted.
 * @throws when the scene or character is gone: nothing is kept for one that was forgotten meanwhile.
 */
export async function saveStep(
  tx: Tx,
  step: { tenantId: TenantId; ownerId: StepOwner; name: string; result: unknown; ms: number },
): Promise<SceneStatus | undefined> {
  const row = await tx
    .with('saved', (query) =>
      query
        .insertInto('steps')
        .values({
          tenant_id: step.tenantId,
          owner_id: step.ownerId,
          name: step.name,
          result: JSON.stringify(step.result ?? null),
          ms: step.ms,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('name'),
    )
    .selectFrom('scenes')
    .select('status')
    .where('id', '=', step.ownerId as SceneId) // no scene has a character's id: then no row comes back
    .executeTakeFirst();
  return row?.status;
}

/** The steps of a scene or an enrolment in the order they finished, with their time in ms. */
export async function listSteps(
  tx: Tx,
  ownerId: StepOwner,
): Promise<{ readonly name: string; readonly ms: number }[]> {
  return tx
    .selectFrom('steps')
    .select(['name', 'ms'])
    .where('owner_id', '=', ownerId)
    .orderBy('position')
    .execute();
}

/** Forgets what the steps gave and keeps their names and times: the results hold face vectors. */
export async function clearStepResults(tx: Tx, ownerId: StepOwner): Promise<void> {
  await tx.updateTable('steps').set({ result: 'null' }).where('owner_id', '=', ownerId).execute();
}
