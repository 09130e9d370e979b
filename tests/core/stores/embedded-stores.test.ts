import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#core/stores/database.ts';
import { testStores } from '#tests/contracts/stores.ts';

testStores('stores on the embedded database', async () => {
  const home = await mkdtemp(join(tmpdir(), 'idlock-stores-'));
  const database = await openDatabase({ home });
  return {
    database,
    async discard() {
      await database.close();
      await rm(home, { recursive: true, force: true });
    },
  };
});
