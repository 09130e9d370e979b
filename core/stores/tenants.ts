import { newId, type TenantId, type UserId } from '../domain/ids.ts';
import type { Database, Tx } from './database.ts';
import type { Platform } from './schema/column.ts';

/**
 * Finds or makes the tenant of a platform's own id (a guild, a workspace, an account), and keeps its name current.
 */
export async function ensureTenant(
  database: Database,
  { platform, externalId, name }: { platform: Platform; externalId: string; name: string },
): Promise<TenantId> {
  return database.asSystem(async (tx) => {
    const known = await tx
      .selectFrom('tenants')
      .select(['id', 'name'])
      .where('platform', '=', platform)
      .where('external_id', '=', externalId)
      .executeTakeFirst();
    if (known?.name === name) return known.id;
    const { id } = await tx
      .insertInto('tenants')
      .values({ id: newId('tenant'), platform, external_id: externalId, name })
      .onConflict((conflict) => conflict.columns(['platform', 'external_id']).doUpdateSet({ name }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  });
}

/** Finds or makes the person behind a platform's account in this tenant, and keeps their name current. */
export async function ensureUser(
  tx: Tx,
  input: { tenantId: TenantId; platform: Platform; externalId: string; name: string },
): Promise<UserId> {
  const known = await findUser(tx, input);
  if (known) {
    if (known.name !== input.name) {
      await tx.updateTable('users').set({ name: input.name }).where('id', '=', known.id).execute();
    }
    return known.id;
  }
  const { tenantId: tenant_id, platform, externalId: external_id, name } = input;
  const id = newId('user');
  await tx.insertInto('users').values({ tenant_id, id, name }).execute();
  const account = await tx
    .insertInto('accounts')
    .values({ tenant_id, platform, external_id, user_id: id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (account.numInsertedOrUpdatedRows === 1n) return id;
  // Another request made the same account in the meantime: theirs stays.
  await tx.deleteFrom('users').where('id', '=', id).execute();
  return (await findUser(tx, input))?.id ?? id;
}

function findUser(tx: Tx, { platform, externalId }: { platform: Platform; externalId: string }) {
  return tx
    .selectFrom('accounts')
    .innerJoin('users', 'users.id', 'accounts.user_id')
    .select(['users.id', 'users.name'])
    .where('accounts.platform', '=', platform)
    .where('accounts.external_id', '=', externalId)
    .executeTakeFirst();
}
