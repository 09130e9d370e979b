import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { NotFoundError, StorageError } from '#core/errors.ts';
import { appendAudit, listAudit } from '#core/stores/audit.ts';
import type { Database } from '#core/stores/database.ts';
import { makeHousehold } from './stores-fixture.ts';

export function testTransactions(database: () => Database): void {
  const rowsOf = async (tenantId: Awaited<ReturnType<typeof makeHousehold>>['tenantId']) =>
    (await database().inTenant(tenantId, (tx) => listAudit(tx))).map(({ action }) => action);

  it('inTenant() undoes everything when the work throws, and passes the error on', async () => {
    const { tenantId } = await makeHousehold(database());
    const work = database().inTenant(tenantId, async (tx) => {
      await appendAudit(tx, { tenantId, action: 'undone', subject: '' });
      throw new NotFoundError('no such scene');
    });
    await assert.rejects(work, (error) => error instanceof NotFoundError);
    assert.deepEqual(await rowsOf(tenantId), []);
  });

  it('transactions at the same moment do not see each other before the end', async () => {
    const { tenantId } = await makeHousehold(database());
    const works = Array.from({ length: 8 }, (_, i) =>
      database()
        .inTenant(tenantId, async (tx) => {
          await appendAudit(tx, { tenantId, action: `work ${i}`, subject: '' });
          await sleep(5);
          const { rows } = await sql<{ n: number }>`
            select count(*)::int as n from audit_log where action = ${`work ${i}`}`.execute(tx);
          if (i % 2 === 1) throw new NotFoundError('odd');
          return rows[0]?.n;
        })
        .catch((error) => error.name),
    );
    const even = [1, 'NotFoundError'];
    assert.deepEqual(await Promise.all(works), [...even, ...even, ...even, ...even]);
    assert.deepEqual((await rowsOf(tenantId)).sort(), ['work 0', 'work 2', 'work 4', 'work 6']);
  });

  it('statements of one transaction may be sent together', async () => {
    const { tenantId } = await makeHousehold(database());
    await database().inTenant(tenantId, (tx) =>
      Promise.all(['a', 'b', 'c'].map((action) => appendAudit(tx, { tenantId, action, subject: '' }))),
    );
    assert.equal((await rowsOf(tenantId)).length, 3);
  });

  it('inTenant() refuses a transaction inside another at once', async () => {
    const { tenantId } = await makeHousehold(database());
    await assert.rejects(
      database().inTenant(tenantId, () => database().asSystem(async () => undefined)),
      /pass its tx on/,
    );
  });

  it('inTenant() tries again after a deadlock or a serialisation failure', async () => {
    const { tenantId } = await makeHousehold(database());
    let attempts = 0;
    await database().inTenant(tenantId, async (tx) => {
      await appendAudit(tx, { tenantId, action: 'at last', subject: '' });
      if (++attempts < 3) await sql.raw("do $$ begin raise sqlstate '40001'; end $$").execute(tx);
    });
    assert.deepEqual([attempts, await rowsOf(tenantId)], [3, ['at last']]);
  });

  it('inTenant() gives up after a few deadlocks with an error worth retrying', async () => {
    const { tenantId } = await makeHousehold(database());
    await assert.rejects(
      database().inTenant(tenantId, (tx) =>
        sql.raw("do $$ begin raise sqlstate '40P01'; end $$").execute(tx),
      ),
      (error) => error instanceof StorageError && error.retryable,
    );
  });

  it('text that Postgres cannot keep is refused with what to do', async () => {
    const { tenantId } = await makeHousehold(database());
    await assert.rejects(
      database().inTenant(tenantId, (tx) => appendAudit(tx, { tenantId, action: 'nul\0', subject: '' })),
      /cannot be kept/,
    );
  });

  it('pool.connect() gives back a client that rolls back what it left open', async () => {
    const { tenantId } = await makeHousehold(database());
    const client = await database().pool.connect();
    await client.query('begin');
    await client.query("insert into audit_log (tenant_id, action, subject) values ($1, 'open', '')", [
      tenantId,
    ]);
    client.release(true);
    assert.deepEqual(await rowsOf(tenantId), []);
  });

  it('pool.query() keeps bytes, SQLSTATE and several statements', async () => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    const { rows } = await database().pool.query<{ b: Buffer; t: Date; j: unknown; n: null }>(
      "select $1::bytea as b, '2026-01-02T03:04:05Z'::timestamptz as t, $2::jsonb as j, $3::text as n",
      [bytes, { a: [1] }, null],
    );
    assert.ok(Buffer.isBuffer(rows[0]?.b));
    assert.deepEqual(rows[0], { b: bytes, t: new Date('2026-01-02T03:04:05Z'), j: { a: [1] }, n: null });
    await assert.rejects(database().pool.query('select 1/0'), { code: '22012' });
  });

  it('NOTIFY reaches the clients that listen, and no other', async () => {
    const [listener, other] = [await database().pool.connect(), await database().pool.connect()];
    const heard: string[] = [];
    listener.on('notification', ({ channel, payload }) => heard.push(`${channel}: ${payload}`));
    other.on('notification', () => heard.push('wrong client'));
    await listener.query('/* why */ LISTEN "Mixed-Case"');
    await other.query("select pg_notify('Mixed-Case', 'hello'), pg_notify('elsewhere', 'no')");
    while (heard.length === 0) await sleep(5);
    await listener.query('UNLISTEN "Mixed-Case"');
    await other.query("select pg_notify('Mixed-Case', 'late')");
    await listener.query('select 1');
    assert.deepEqual(heard, ['Mixed-Case: hello']);
    listener.release();
    other.release();
  });
}
