import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type CharacterId, newId } from '#core/domain/ids.ts';
import { StorageError } from '#core/errors.ts';
import type { Database } from '#core/stores/database.ts';
import { forgetCharacter } from '#core/stores/forget-character.ts';
import { saveStep } from '#core/stores/steps.ts';
import { finishScene, makeCharacter, makeHousehold, makeScene, makeStory } from './stores-fixture.ts';

/** Tables that may still name the character's id: the revoked consent and the records. */
const STAYS = ['consents'];

export function testForgetting(database: () => Database): void {
  it('forgetCharacter() leaves no row of it in any table, and those of others alone', async () => {
    const home = await makeHousehold(database());
    const { tenantId } = home;
    const make = (name: string) =>
      database().inTenant(tenantId, async (tx) => {
        const characterId = await makeCharacter(tx, home, name);
        const storyId = await makeStory(tx, home, characterId);
        await saveStep(tx, { tenantId, ownerId: characterId, name: 'embed', result: { characterId }, ms: 1 });
        const parent = await finishScene(tx, home, { characterId, storyId });
        const last = await finishScene(tx, home, { characterId, storyId, parent });
        return { characterId, storyId, sceneIds: [parent.sceneId, last.sceneId] };
      });
    const gone = await make('Forgotten');
    const kept = await make('Kept');
    const before = await mentions(database(), kept.characterId);

    const counts = await database().inTenant(tenantId, (tx) => forgetCharacter(tx, gone.characterId));

    assert.deepEqual(counts, {
      notices: 2,
      steps: 3,
      takes: 2,
      vectors: 3,
      state_facts: 2,
      prompts: 2,
      episodes: 2,
      scenes: 2,
      stories: 1,
      character_references: 1,
      consents: 1,
      characters: 1,
    });
    const left = Object.keys(await mentions(database(), gone.characterId));
    assert.deepEqual(left, STAYS);
    assert.deepEqual(await mentions(database(), gone.storyId), {});
    for (const sceneId of gone.sceneIds) {
      assert.deepEqual(await mentions(database(), sceneId), { usage_log: 1 }, 'the charge stays');
    }
    assert.deepEqual(await mentions(database(), 'Forgotten'), {}, 'nothing holds the name');
    assert.deepEqual(await mentions(database(), kept.characterId), before);
  });

  it('a worker that is late keeps nothing of a forgotten character', async () => {
    const home = await makeHousehold(database());
    const { tenantId } = home;
    const { characterId, sceneId } = await database().inTenant(tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home, 'Late');
      const scene = await makeScene(tx, home, characterId, await makeStory(tx, home, characterId));
      return { characterId, sceneId: scene.id };
    });
    await database().inTenant(tenantId, (tx) => forgetCharacter(tx, characterId));
    for (const ownerId of [sceneId, characterId]) {
      const step = { tenantId, ownerId, name: 'late', result: 'a face', ms: 1 };
      await assert.rejects(
        database().inTenant(tenantId, (tx) => saveStep(tx, step)),
        StorageError,
      );
    }
    assert.deepEqual(await mentions(database(), sceneId), {});
  });

  it('forgetCharacter() of an unknown character changes nothing', async () => {
    const { tenantId } = await makeHousehold(database());
    const unknown: CharacterId = newId('char');
    const counts = await database().inTenant(tenantId, (tx) => forgetCharacter(tx, unknown));
    assert.ok(Object.values(counts).every((count) => count === 0));
  });
}

/** In how many rows of each table a text stands, in whatever column: read by the login role, past all tenants. */
async function mentions({ pool }: Database, text: string): Promise<Record<string, number>> {
  const tables = await pool.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables.rows) {
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from "${name}" as row where strpos(row::text, $1) > 0`,
      [text],
    );
    if (rows[0]?.n) counts[name] = rows[0].n;
  }
  return counts;
}
