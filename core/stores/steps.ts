import type { CharacterId, SceneId, TenantId } from '../domain/ids.ts';
import type { Tx } from './database.ts';

type StepOwner = SceneId | CharacterId;

/** The saved result of a step, or undefined when it has not run. Results are JSON; null is a result too. */
export async function getStep(
  tx: Tx,
  ownerId: StepOwner,
  name: string,
): Promise<{ readonly result: unknown } | undefined> {
  return tx
    .selectFrom('steps')
    .select('result')
    .where('owner_id', '=', ownerId)
    .where('name', '=', name)
    .executeTakeFirst();
}

/**
 * Saves what a step gave; the first result stays, so that all who ask later go on from the same one.
 *
 * result: anything JSON can hold; undefined is kept as null.
 * @throws when the scene or character is gone: nothing is kept for one that was forgotten meanwhile.
 */
export async function saveStep(
  tx: Tx,
  step: { tenantId: TenantId; ownerId: StepOwner; name: string; result: unknown; ms: number },
): Promise<void> {
  await tx
    .insertInto('steps')
    .values({
      tenant_id: step.tenantId,
      owner_id: step.ownerId,
      name: step.name,
      result: JSON.stringify(step.result ?? null),
      ms: step.ms,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The steps of a scene or an enrolment in the order they finished, with their time in ms. */
export async function listSteps(
  tx: Tx,
  ownerId: StepOwner,
): Promise<{ readonly name: string; readonly ms: number; readonly result: unknown }[]> {
  return tx
    .selectFrom('steps')
    .select(['name', 'ms', 'result'])
    .where('owner_id', '=', ownerId)
    .orderBy('position')
    .execute();
}

/** Forgets what the steps gave and keeps their names and times: the results hold face vectors. */
export async function clearStepResults(tx: Tx, ownerId: StepOwner): Promise<void> {
  await tx.updateTable('steps').set({ result: 'null' }).where('owner_id', '=', ownerId).execute();
}
