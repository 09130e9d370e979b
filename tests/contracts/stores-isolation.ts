import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { EMPTY_SHEET } from '#core/domain/character.ts';
import { newId } from '#core/domain/ids.ts';
import { StorageError } from '#core/errors.ts';
import { getCharacter, insertCharacter } from '#core/stores/characters.ts';
import type { Database } from '#core/stores/database.ts';
import { insertVector } from '#core/stores/vectors.ts';
import {
  FACE_ENCODER,
  finishScene,
  makeCharacter,
  makeHousehold,
  makeStory,
  unitVector,
} from './stores-fixture.ts';

/** The ledger of migrations belongs to no tenant, and no role of the app may read it. */
const WITHOUT_TENANT = ['idlock_migrations'];

export function testIsolation(database: () => Database): void {
  async function twoTenants() {
    const [ours, theirs] = [await makeHousehold(database()), await makeHousehold(database())];
    const characterId = await database().inTenant(theirs.tenantId, async (tx) => {
      const id = await makeCharacter(tx, theirs, 'Theirs');
      await finishScene(tx, theirs, { characterId: id, storyId: await makeStory(tx, theirs, id) });
      return id;
    });
    return { ours, theirs, characterId };
  }

  async function allTables(): Promise<{ name: string; forced: boolean; tenant: boolean }[]> {
    const { rows } = await database().pool.query<{ name: string; forced: boolean; tenant: boolean }>(`
      select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
        exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id') as tenant
      from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`);
    return rows;
  }

  it('every table forces row-level security and holds its tenant', async () => {
    const tables = (await allTables()).filter(({ name }) => !WITHOUT_TENANT.includes(name));
    assert.ok(tables.length >= 21, `only ${tables.length} tables`);
    assert.deepEqual(
      tables.filter(({ forced }) => !forced).map(({ name }) => name),
      [],
    );
    assert.deepEqual(
      tables.filter(({ tenant }) => !tenant).map(({ name }) => name),
      ['tenants'],
    );
  });

  it('every foreign key between tables of tenants holds the tenant', async () => {
    const { rows } = await database().pool.query<{ name: string }>(`
      select conname as name from pg_constraint k where contype = 'f' and confrelid <> 'tenants'::regclass
        and not exists (select from pg_attribute where attrelid = k.conrelid and attnum = any (k.conkey) and attname = 'tenant_id')`);
    assert.deepEqual(rows, []);
  });

  it('another tenant sees and changes no row of any table, not even by raw SQL', async () => {
    const { ours, theirs, characterId } = await twoTenants();
    const tables = (await allTables()).filter(({ name }) => !WITHOUT_TENANT.includes(name));
    await database().inTenant(ours.tenantId, async (tx) => {
      assert.equal(await getCharacter(tx, characterId), undefined);
      for (const { name, tenant } of tables) {
        const column = tenant ? 'tenant_id' : 'id';
        const { rows } = await sql<{ n: string }>`
          select count(*) as n from ${sql.table(name)} where ${sql.ref(column)} = ${theirs.tenantId}`.execute(
          tx,
        );
        assert.equal(Number(rows[0]?.n), 0, name);
      }
      const changed = await sql`update characters set name = 'Ours'`.execute(tx);
      const deleted = await sql`delete from vectors`.execute(tx);
      assert.deepEqual([changed.numAffectedRows, deleted.numAffectedRows], [0n, 0n]);
    });
    const untouched = await database().inTenant(theirs.tenantId, (tx) => getCharacter(tx, characterId));
    assert.equal(untouched?.name, 'Theirs');
  });

  it('a row for another tenant is refused, and so is a move of a row to it', async () => {
    const { ours, theirs, characterId } = await twoTenants();
    const forTheirs = {
      id: newId('char'),
      tenantId: theirs.tenantId,
      ownerId: theirs.userId,
      name: 'Planted',
    };
    await assert.rejects(
      database().inTenant(ours.tenantId, (tx) => insertCharacter(tx, { ...forTheirs, sheet: EMPTY_SHEET })),
      refusedWith('42501'),
    );
    await assert.rejects(
      database().inTenant(theirs.tenantId, (tx) =>
        sql`update characters set tenant_id = ${ours.tenantId} where id = ${characterId}`.execute(tx),
      ),
      refusedWith('42501'),
    );
  });

  it('a row cannot point at a row of another tenant', async () => {
    const { ours, characterId } = await twoTenants();
    const vector = { tenantId: ours.tenantId, ownerId: characterId, subjectId: characterId };
    await assert.rejects(
      database().inTenant(ours.tenantId, (tx) =>
        insertVector(tx, { ...vector, role: 'identity', encoder: FACE_ENCODER, embedding: unitVector(1) }),
      ),
      refusedWith('23503'),
    );
  });

  it('without a tenant nothing is seen, and the tenant does not outlive its transaction', async () => {
    const { theirs } = await twoTenants();
    await database().inTenant(theirs.tenantId, (tx) => tx.selectFrom('characters').select('id').execute());
    const { rows } = await database().pool.query<{ tenant: string | null; role: string }>(
      "select nullif(current_setting('idlock.tenant', true), '') as tenant, current_user as role",
    );
    assert.equal(rows[0]?.tenant, null);
    assert.notEqual(rows[0]?.role, 'idlock_app');
    const client = await database().pool.connect();
    await client.query('begin');
    await client.query('set local role idlock_app');
    assert.equal((await client.query('select * from characters')).rows.length, 0);
    await client.query('rollback');
    client.release();
  });

  it('the system role reads no name, prompt, photo or vector', async () => {
    for (const statement of [
      'select name from characters',
      'select prompt from scenes',
      'select image from character_references',
      'select embedding from vectors',
      'select state from episodes',
      'select name from users',
      "update characters set status = 'ready'",
      'delete from notices',
    ]) {
      await assert.rejects(
        database().asSystem((tx) => sql.raw(statement).execute(tx)),
        refusedWith('42501'),
        statement,
      );
    }
  });

  it('the roles of the app cannot bypass, log in, or rewrite what is append-only', async () => {
    const { rows } = await database().pool.query(`
      select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles
      where rolname in ('idlock_app', 'idlock_system') order by 1`);
    const powerless = { rolsuper: false, rolbypassrls: false, rolcanlogin: false };
    assert.deepEqual(rows, [
      { rolname: 'idlock_app', ...powerless },
      { rolname: 'idlock_system', ...powerless },
    ]);
    const { tenantId } = await makeHousehold(database());
    for (const statement of [
      'update audit_log set action = action',
      'delete from audit_log',
      'update vectors set encoder = encoder',
      'update state_facts set value = value',
      'delete from consents',
      'alter table characters disable row level security',
      'select * from idlock_migrations',
    ]) {
      await assert.rejects(
        database().inTenant(tenantId, (tx) => sql.raw(statement).execute(tx)),
        refusedWith('42501'),
        statement,
      );
    }
  });
}

function refusedWith(code: string) {
  return (error: unknown) => {
    assert.ok(error instanceof StorageError, String(error));
    assert.equal((error.cause as { code?: string }).code, code, String(error.cause));
    return true;
  };
}
