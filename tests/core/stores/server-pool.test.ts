import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { sql } from 'kysely';
import { ConfigError, StorageError } from '#core/errors.ts';
import { listCharacters } from '#core/stores/characters.ts';
import { openDatabase } from '#core/stores/database.ts';
import { migrate } from '#migrations/migrate.ts';
import { makeCharacter, makeHousehold } from '#tests/contracts/stores-fixture.ts';
import { startPostgres, type TestDatabase } from '#tests/servers/start.ts';

let server: TestDatabase;
before(async () => {
  server = await startPostgres();
});
after(() => server[Symbol.asyncDispose]());

test('openDatabase() says that no server answers, and never the password', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => listener.once('listening', resolve));
  const address = listener.address();
  assert.ok(address && typeof address === 'object');
  await new Promise((resolve) => listener.close(resolve));
  const url = `postgres://me:hunter2@127.0.0.1:${address.port}/x`;
  await assert.rejects(openDatabase({ url, home: '' }), (error) => {
    assert.ok(error instanceof StorageError && error.retryable);
    assert.match(error.userMessage, /cannot be reached/);
    assert.doesNotMatch(`${error.userMessage} ${error.cause}`, /hunter2/);
    return true;
  });
});

test('openDatabase() refuses what is no address, without repeating it', async () => {
  for (const url of ['hunter2', 'postgres://me:hunter2@host:port/x', 'https://me:hunter2@host/x', '']) {
    await assert.rejects(openDatabase({ url, home: '' }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.doesNotMatch(inspect(error), /hunter2/);
      return true;
    });
  }
});

test('a session that the server ends is an error worth retrying, and the next one works', async () => {
  const database = await openDatabase({ url: server.url, home: '' });
  await migrate(database.pool);
  const { tenantId } = await makeHousehold(database);
  await assert.rejects(
    database.inTenant(tenantId, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await listCharacters(tx);
    }),
    (error) => error instanceof StorageError && error.retryable,
  );
  assert.deepEqual(await database.inTenant(tenantId, listCharacters), []);
  await database.close();
});

test('an owner that is no superuser migrates, and sees no other tenant even without the role', async () => {
  await using empty = await startPostgres();
  const name = new URL(empty.url).pathname.slice(1);
  const root = await openDatabase({ url: empty.url, home: '' });
  await root.pool.query(`create role ${name} login createrole password 'owner'`);
  await root.pool.query(`alter database ${name} owner to ${name}`);
  await root.pool.query('create extension vector');
  // Roles that another migrator has made stay its own: the owner of the server lends them.
  await root.pool.query(`do $$ begin
    if exists (select from pg_roles where rolname = 'idlock_app') then
      grant idlock_app, idlock_system to ${name} with admin true, inherit false, set true;
    end if; end $$`);
  const url = Object.assign(new URL(empty.url), { username: name, password: 'owner' }).href;
  const database = await openDatabase({ url, home: '' });
  try {
    await migrate(database.pool);
    const [ours, theirs] = [await makeHousehold(database), await makeHousehold(database)];
    await database.inTenant(theirs.tenantId, (tx) => makeCharacter(tx, theirs, 'Theirs'));
    await database.inTenant(ours.tenantId, async (tx) => {
      await sql`reset role`.execute(tx);
      assert.deepEqual(await listCharacters(tx), [], 'forced: the owner obeys as well');
    });
    // What SQL text could do, and why all values are parameters: name another tenant.
    await database.inTenant(ours.tenantId, async (tx) => {
      await sql`select set_config('idlock.tenant', ${theirs.tenantId}, true)`.execute(tx);
      assert.equal((await listCharacters(tx)).length, 1);
    });
  } finally {
    await database.close();
    await root.pool.query(`drop owned by ${name} cascade`);
    await root.pool.query(`alter database ${name} owner to current_user`);
    await root.pool.query(`drop role ${name}`);
    await root.close();
  }
});
