import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '#core/config.ts';
import { type Context, openContext } from '#core/context.ts';
import { openLog } from '#core/log.ts';
import { ensureTenant, ensureUser } from '#core/stores/tenants.ts';
import type { Caller } from '#core/use-cases/use-case.ts';

export interface TestContext extends AsyncDisposable {
  readonly context: Context;
  readonly home: string;
  /** A person in a tenant of that name. */
  caller(tenant?: string): Promise<Caller>;
}

/** The embedded parts in a folder of their own, removed at the end. */
export async function openTestContext(env: Record<string, string> = {}): Promise<TestContext> {
  const home = await mkdtemp(join(tmpdir(), 'idlock-'));
  const config = readConfig({ IDLOCK_HOME: home, IDLOCK_LOG_LEVEL: 'silent', ...env });
  const context = await openContext(config, openLog(config.log));
  return {
    context,
    home,
    async caller(tenant = 'one') {
      const tenantId = await ensureTenant(context.db, {
        platform: 'local',
        externalId: tenant,
        name: tenant,
      });
      const userId = await context.db.inTenant(tenantId, (tx) =>
        ensureUser(tx, { tenantId, platform: 'local', externalId: 'someone', name: 'Someone' }),
      );
      return { tenantId, userId };
    },
    async [Symbol.asyncDispose]() {
      await context[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
}
