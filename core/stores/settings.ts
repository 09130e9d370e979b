import { z } from 'zod';
import type { TenantId } from '../domain/ids.ts';
import { type Settings, settingsSchema } from '../domain/settings.ts';
import { InvalidRequestError } from '../errors.ts';
import type { Tx } from './database.ts';

/** The tenant's settings, with the default for all it has not set. */
export async function getSettings(tx: Tx): Promise<Settings> {
  return settingsSchema.parse(await readChanges(tx));
}

/**
 * Changes the given settings and leaves the others; returns all of them. Only what differs from the defaults on
 * purpose is stored, so a better default reaches every tenant that never chose.
 *
 * @throws {InvalidRequestError} when a value is out of range.
 */
export async function changeSettings(
  tx: Tx,
  tenantId: TenantId,
  changes: Partial<Settings>,
): Promise<Settings> {
  const chosen = { ...(await readChanges(tx)), ...changes };
  const settings = settingsSchema.safeParse(chosen);
  if (!settings.success) {
    throw new InvalidRequestError(`These settings are not possible: ${z.prettifyError(settings.error)}`, {
      cause: settings.error,
    });
  }
  const row = { values: JSON.stringify(chosen), updated_at: new Date() };
  await tx
    .insertInto('settings')
    .values({ tenant_id: tenantId, ...row })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
    .execute();
  return settings.data;
}

async function readChanges(tx: Tx): Promise<Partial<Settings>> {
  const row = await tx.selectFrom('settings').select('values').executeTakeFirst();
  return row?.values ?? {};
}
