import type { Context } from '../../core/context.ts';
import { ensureTenant, ensureUser } from '../../core/stores/tenants.ts';
import type { Caller } from '../../core/use-cases/use-case.ts';

/** The tenant that the command line works in, with a person of the bench's own. */
export async function localCaller({ db }: Pick<Context, 'db'>): Promise<Caller> {
  const tenantId = await ensureTenant(db, { platform: 'local', externalId: 'local', name: 'This machine' });
  const person = { tenantId, platform: 'local', externalId: 'bench', name: 'bench' } as const;
  return { tenantId, userId: await db.inTenant(tenantId, (tx) => ensureUser(tx, person)) };
}
