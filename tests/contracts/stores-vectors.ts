import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { cosineSimilarity } from '#core/domain/face.ts';
import { type CharacterId, newId } from '#core/domain/ids.ts';
import type { Database } from '#core/stores/database.ts';
import {
  deleteVectors,
  insertVector,
  latestVector,
  listVectors,
  nearestQuery,
  nearestVectors,
} from '#core/stores/vectors.ts';
import { FACE_ENCODER, type Household, makeCharacter, makeHousehold, unitVector } from './stores-fixture.ts';

export function testVectors(database: () => Database): void {
  async function withCharacter(
    name: string,
    work: (
      tx: Parameters<Parameters<Database['inTenant']>[1]>[0],
      id: CharacterId,
      home: Household,
    ) => Promise<void>,
  ) {
    const home = await makeHousehold(database());
    await database().inTenant(home.tenantId, async (tx) =>
      work(tx, await makeCharacter(tx, home, name), home),
    );
  }

  it('vectors come back as float16 keeps them', async () => {
    await withCharacter('Binary', async (tx, ownerId, { tenantId }) => {
      const embedding = unitVector(5, 512);
      const scope = { ownerId, role: 'episode-style', encoder: 'test/style@1' } as const;
      await insertVector(tx, { ...scope, tenantId, subjectId: newId('episode'), embedding });
      const back = await latestVector(tx, scope);
      assert.deepEqual(back, embedding.map(Math.f16round));
    });
  });

  it('latestVector() is the last one appended, of the asked encoder only', async () => {
    await withCharacter('Latest', async (tx, ownerId, { tenantId }) => {
      const scope = { ownerId, role: 'identity', encoder: FACE_ENCODER } as const;
      await insertVector(tx, { ...scope, tenantId, subjectId: ownerId, embedding: unitVector(2) });
      await insertVector(tx, {
        ...scope,
        tenantId,
        subjectId: ownerId,
        encoder: 'other@1',
        embedding: unitVector(3, 8),
      });
      const latest = await latestVector(tx, scope);
      assert.ok(latest && cosineSimilarity(latest, unitVector(2)) > 0.999);
      assert.equal((await listVectors(tx, scope)).length, 2);
      assert.equal(await latestVector(tx, { ...scope, encoder: 'none@1' }), undefined);
    });
  });

  it('nearestVectors() gives the exact order of cosines, also within a branch', async () => {
    await withCharacter('Nearest', async (tx, ownerId, { tenantId }) => {
      const scope = { ownerId, role: 'episode-face', encoder: FACE_ENCODER } as const;
      const episodes = Array.from({ length: 60 }, (_, i) => ({
        id: newId('episode'),
        vector: unitVector(i + 10),
      }));
      for (const { id, vector } of episodes) {
        await insertVector(tx, { ...scope, tenantId, subjectId: id, embedding: vector });
      }
      const query = unitVector(999);
      const expected = (among: typeof episodes) =>
        among
          .map(({ id, vector }) => ({ id, cosine: cosineSimilarity(vector, query) }))
          .sort((a, b) => b.cosine - a.cosine)
          .slice(0, 5);
      const nearest = await nearestVectors(tx, { ...scope, query, k: 5 });
      assert.deepEqual(
        nearest.map(({ subjectId }) => subjectId),
        expected(episodes).map(({ id }) => id),
      );
      for (const [i, { cosine }] of expected(episodes).entries()) {
        assert.ok(Math.abs(cosine - (nearest[i]?.cosine ?? 9)) < 0.002);
      }
      const branch = episodes.filter((_, i) => i % 3 === 0);
      const within = await nearestVectors(tx, {
        ...scope,
        query,
        k: 5,
        subjectIds: branch.map(({ id }) => id),
      });
      assert.deepEqual(
        within.map(({ subjectId }) => subjectId),
        expected(branch).map(({ id }) => id),
      );
    });
  });

  it('deleteVectors() takes one encoder or all', async () => {
    await withCharacter('Deleted', async (tx, ownerId, { tenantId }) => {
      const vector = {
        tenantId,
        ownerId,
        subjectId: ownerId,
        role: 'identity',
        embedding: unitVector(4),
      } as const;
      await insertVector(tx, { ...vector, encoder: 'old@1' });
      assert.equal(await deleteVectors(tx, ownerId, 'old@1'), 1);
      assert.equal(await deleteVectors(tx, ownerId), 1, 'the one the character was made with');
    });
  });

  it('the index alone can answer nearestVectors()', async () => {
    const home = await makeHousehold(database());
    const plan = await database().inTenant(home.tenantId, async (tx) => {
      const ownerId = await makeCharacter(tx, home, 'Planned');
      // What it costs depends on the rows that happen to lie there; whether it can be done does not.
      await sql`set local enable_seqscan = off`.execute(tx);
      await sql`set local enable_bitmapscan = off`.execute(tx);
      const input = { ownerId, role: 'episode-face', encoder: 'plan@1', query: unitVector(1), k: 5 } as const;
      return nearestQuery(tx, input).explain();
    });
    assert.match(JSON.stringify(plan), /Index Only Scan using vectors_scan/);
    assert.match(JSON.stringify(plan), /Index Cond: .*tenant_id.*owner_id.*encoder.*role/);
  });
}
