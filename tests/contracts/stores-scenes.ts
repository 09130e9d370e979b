import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newId } from '#core/domain/ids.ts';
import { enrollingCharacters } from '#core/stores/characters.ts';
import type { Database } from '#core/stores/database.ts';
import {
  countScenesAhead,
  getScene,
  listScenes,
  nextQueuedScene,
  openScenes,
  sceneProgress,
  setSceneStatus,
} from '#core/stores/scenes.ts';
import { clearStepResults, listSteps, saveStep, stepResults } from '#core/stores/steps.ts';
import {
  type Household,
  makeCharacter,
  makeHousehold,
  makeScene,
  makeStory,
  sceneRequest,
} from './stores-fixture.ts';

export function testScenes(database: () => Database, home: () => Household): void {
  it('insertScene() gives back what was asked for', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home(), 'Asked');
      const storyId = await makeStory(tx, home(), characterId);
      const scene = await makeScene(tx, home(), characterId, storyId);
      const { id, tenantId, createdAt, updatedAt, status, attempt, reason, result, ...request } = scene;
      assert.deepEqual(request, sceneRequest(home(), characterId, storyId));
      assert.deepEqual([status, attempt, reason, result], ['queued', 0, null, null]);
      assert.deepEqual(await getScene(tx, id), scene);
    });
  });

  it('setSceneStatus() never leaves a finished scene', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home(), 'Finished');
      const { id } = await makeScene(tx, home(), characterId, await makeStory(tx, home(), characterId));
      assert.equal(await setSceneStatus(tx, id, 'running'), true);
      assert.equal(await setSceneStatus(tx, id, 'queued'), true, 'a worker died');
      assert.equal(await setSceneStatus(tx, id, 'running'), true);
      assert.equal(await setSceneStatus(tx, id, 'cancelled', { reason: 'asked to' }), true);
      assert.equal(await setSceneStatus(tx, id, 'success'), false);
      const scene = await getScene(tx, id);
      assert.deepEqual([scene?.status, scene?.reason, scene?.attempt], ['cancelled', 'asked to', 2]);
      assert.equal(await setSceneStatus(tx, newId('scene'), 'running'), false);
    });
  });

  it('nextQueuedScene() and countScenesAhead() keep the order of asking', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home(), 'Queue');
      const storyId = await makeStory(tx, home(), characterId);
      const first = await makeScene(tx, home(), characterId, storyId);
      const second = await makeScene(tx, home(), characterId, storyId);
      const other = await makeCharacter(tx, home(), 'Queue of another');
      await makeScene(tx, home(), other, await makeStory(tx, home(), other));
      assert.equal((await nextQueuedScene(tx, characterId))?.id, first.id);
      assert.deepEqual([await countScenesAhead(tx, first.id), await countScenesAhead(tx, second.id)], [0, 1]);
      await setSceneStatus(tx, first.id, 'running');
      assert.equal(await nextQueuedScene(tx, characterId), undefined);
      assert.equal(await countScenesAhead(tx, second.id), 1);
      await setSceneStatus(tx, first.id, 'failed');
      assert.equal((await nextQueuedScene(tx, characterId))?.id, second.id);
      assert.equal(await countScenesAhead(tx, second.id), 0);
      assert.deepEqual(
        (await listScenes(tx, { storyId, limit: 1 })).map(({ id }) => id),
        [second.id],
      );
    });
  });

  it('openScenes() and enrollingCharacters() find the work of all tenants', async () => {
    const made = await Promise.all(
      [0, 1].map(async () => {
        const household = await makeHousehold(database());
        return database().inTenant(household.tenantId, async (tx) => {
          const characterId = await makeCharacter(tx, household, 'Open');
          const scene = await makeScene(
            tx,
            household,
            characterId,
            await makeStory(tx, household, characterId),
          );
          return { tenantId: household.tenantId, characterId, sceneId: scene.id };
        });
      }),
    );
    const scenes = await database().asSystem((tx) => openScenes(tx));
    const characters = await database().asSystem((tx) => enrollingCharacters(tx));
    for (const { tenantId, characterId, sceneId } of made) {
      assert.ok(scenes.some((scene) => scene.sceneId === sceneId && scene.tenantId === tenantId));
      assert.ok(characters.some((one) => one.characterId === characterId && one.tenantId === tenantId));
    }
  });

  it('saveStep() tells the status of the scene, and sceneProgress() how far it is', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const { tenantId } = home();
      const characterId = await makeCharacter(tx, home(), 'Progress');
      const { id } = await makeScene(tx, home(), characterId, await makeStory(tx, home(), characterId));
      const step = { tenantId, ownerId: id, result: 1, ms: 1 };
      assert.deepEqual(await sceneProgress(tx, id), { status: 'queued', steps: 0 });
      await setSceneStatus(tx, id, 'running');
      assert.equal(await saveStep(tx, { ...step, name: 'render-1' }), 'running');
      await setSceneStatus(tx, id, 'cancelled');
      assert.equal(await saveStep(tx, { ...step, name: 'score-1' }), 'cancelled');
      assert.deepEqual(await sceneProgress(tx, id), { status: 'cancelled', steps: 2 });
    });
  });

  it('saveStep() keeps the first result of a name', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const { tenantId } = home();
      const ownerId = await makeCharacter(tx, home(), 'Steps');
      assert.equal((await stepResults(tx, ownerId)).size, 0);
      await saveStep(tx, { tenantId, ownerId, name: 'render-1', result: [1, 'two', { three: null }], ms: 1 });
      await saveStep(tx, { tenantId, ownerId, name: 'render-1', result: 'late', ms: 2 });
      await saveStep(tx, { tenantId, ownerId, name: 'score-1', result: undefined, ms: 3.5 });
      assert.deepEqual([...(await stepResults(tx, ownerId))].toSorted(), [
        ['render-1', [1, 'two', { three: null }]],
        ['score-1', null],
      ]);
      assert.deepEqual(
        (await listSteps(tx, ownerId)).map(({ name, ms }) => [name, ms]),
        [
          ['render-1', 1],
          ['score-1', 3.5],
        ],
      );
      await clearStepResults(tx, ownerId);
      assert.deepEqual([...(await stepResults(tx, ownerId))].toSorted(), [
        ['render-1', null],
        ['score-1', null],
      ]);
    });
  });
}
