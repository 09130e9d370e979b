// Writes to the database of the home given, rows of three tables in a transaction, and prints each number once it is committed.

import { appendAudit } from '#core/stores/audit.ts';
import { openDatabase } from '#core/stores/database.ts';
import { ensureTenant, ensureUser } from '#core/stores/tenants.ts';
import { migrate } from '#migrations/migrate.ts';

const [home = '', start = '0'] = process.argv.slice(2);
const detail = Array.from({ length: 200 }, (_, i) => `line ${i} of a row that fills its page`);

try {
  const database = await openDatabase({ home });
  await migrate(database.pool);
  const tenantId = await ensureTenant(database, { platform: 'local', externalId: 'writer', name: 'Writer' });
  process.stdout.write('open\n');
  for (let i = Number(start); ; i++) {
    await database.inTenant(tenantId, async (tx) => {
      await appendAudit(tx, { tenantId, action: 'write', subject: String(i), detail });
      await ensureUser(tx, { tenantId, platform: 'local', externalId: String(i), name: String(i) });
    });
    process.stdout.write(`row ${i}.\n`);
  }
} catch (error) {
  process.stdout.write(`failed ${(error as Error).message}\n`); // openDatabase() and inTenant() throw errors only
  process.exitCode = 1;
}
