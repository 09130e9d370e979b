import { openDatabase } from '#core/stores/database.ts';
import { testStores } from '#tests/contracts/stores.ts';
import { startPostgres } from '#tests/servers/start.ts';

testStores('stores on a Postgres server', async () => {
  const server = await startPostgres();
  const database = await openDatabase({ url: server.url, home: '' });
  return {
    database,
    async discard() {
      await database.close();
      await server[Symbol.asyncDispose]();
    },
  };
});
