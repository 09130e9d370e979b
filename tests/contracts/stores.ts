import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '#core/domain/ids.ts';
import { InvalidRequestError } from '#core/errors.ts';
import { appendAudit, listAudit } from '#core/stores/audit.ts';
import {
  findCharacterByName,
  getCharacter,
  listCharacters,
  lockCharacter,
  setCharacterStatus,
} from '#core/stores/characters.ts';
import { activeConsent, revokeConsents } from '#core/stores/consents.ts';
import type { Database } from '#core/stores/database.ts';
import {
  branchIds,
  findEpisodeOfScene,
  getEpisode,
  insertEpisode,
  listEpisodes,
} from '#core/stores/episodes.ts';
import { insertNotice, markNoticeDelivered, pendingNotices } from '#core/stores/notices.ts';
import { getPrompt, putPrompt } from '#core/stores/prompts.ts';
import { listReferences, setReferenceFace } from '#core/stores/references.ts';
import { getScene } from '#core/stores/scenes.ts';
import { changeSettings, getSettings } from '#core/stores/settings.ts';
import { listStateChanges } from '#core/stores/state-facts.ts';
import { currentStory, endStory, getStory, listStories, setStoryHead } from '#core/stores/stories.ts';
import { listTakes } from '#core/stores/takes.ts';
import { ensureTenant, ensureUser } from '#core/stores/tenants.ts';
import { insertUsage, sumUsage } from '#core/stores/usage.ts';
import { migrate } from '#migrations/migrate.ts';
import { finishScene, type Household, makeCharacter, makeHousehold, makeStory } from './stores-fixture.ts';
import { testForgetting } from './stores-forgetting.ts';
import { testIsolation } from './stores-isolation.ts';
import { testScenes } from './stores-scenes.ts';
import { testTransactions } from './stores-transactions.ts';
import { testVectors } from './stores-vectors.ts';

/** What an empty database is opened with, and how it is thrown away. */
export interface StoresUnderTest {
  readonly database: Database;
  readonly discard: () => Promise<void>;
}

/** The contract of the stores: every kind of database passes the very same tests. */
export function testStores(name: string, open: () => Promise<StoresUnderTest>): void {
  describe(name, () => {
    let opened: StoresUnderTest;
    let home: Household;
    const database = () => opened.database;

    before(async () => {
      opened = await open();
      await migrate(opened.database.pool);
      home = await makeHousehold(opened.database);
    });
    after(() => opened?.discard());

    testPeople(database);
    testCharacters(database, () => home);
    testScenes(database, () => home);
    testEpisodes(database, () => home);
    testRecords(database, () => home);
    testVectors(database);
    testForgetting(database);
    testIsolation(database);
    testTransactions(database);
  });
}

function testPeople(database: () => Database): void {
  it('ensureTenant() makes a tenant once, also for requests at the same moment', async () => {
    const input = { platform: 'slack', externalId: newId('user'), name: 'Workspace' } as const;
    const ids = await Promise.all(Array.from({ length: 5 }, () => ensureTenant(database(), input)));
    assert.equal(new Set(ids).size, 1);
    assert.equal(await ensureTenant(database(), { ...input, name: 'Renamed' }), ids[0]);
  });

  it('ensureUser() makes a person once, also for requests at the same moment', async () => {
    const { tenantId } = await makeHousehold(database());
    const input = { tenantId, platform: 'discord', externalId: 'same', name: 'Bo' } as const;
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => database().inTenant(tenantId, (tx) => ensureUser(tx, input))),
    );
    assert.equal(new Set(ids).size, 1);
    const users = await database().inTenant(tenantId, (tx) => tx.selectFrom('users').selectAll().execute());
    assert.equal(users.length, 2, 'the one of the household and the new one');
  });
}

function testCharacters(database: () => Database, home: () => Household): void {
  it('insertCharacter() refuses a name that differs in case and width only', async () => {
    await database().inTenant(home().tenantId, (tx) => makeCharacter(tx, home(), 'Élodie'));
    await assert.rejects(
      database().inTenant(home().tenantId, (tx) => makeCharacter(tx, home(), ' éLODIE')),
      (error) => error instanceof InvalidRequestError && error.userMessage.includes("named ' éLODIE' exists"),
    );
    const found = await database().inTenant(home().tenantId, (tx) => findCharacterByName(tx, 'ÉLODIE '));
    assert.equal(found?.name, 'Élodie');
  });

  it('setCharacterStatus() records what enrolment found', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const id = await makeCharacter(tx, home(), 'Ready');
      assert.equal((await getCharacter(tx, id))?.status, 'enrolling');
      await setCharacterStatus(tx, id, 'failed', { failure: 'no face' });
      assert.equal((await getCharacter(tx, id))?.failure, 'no face');
      await setCharacterStatus(tx, id, 'ready', { agreement: { mean: 0.8, sd: 0.05 } });
      const ready = await lockCharacter(tx, id);
      assert.deepEqual(
        {
          status: ready?.status,
          failure: ready?.failure,
          agreement: ready?.agreement,
          tags: ready?.sheet.tags,
        },
        { status: 'ready', failure: null, agreement: { mean: 0.8, sd: 0.05 }, tags: ['knight'] },
      );
      assert.ok((await listCharacters(tx)).some((character) => character.id === id));
    });
  });

  it('setReferenceFace() adds the face to its photo', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const id = await makeCharacter(tx, home(), 'Photo');
      const [photo] = await listReferences(tx, id);
      assert.ok(photo);
      assert.equal(photo.face, null);
      const face = {
        box: { x: 1, y: 2, width: 3.5, height: 4 },
        landmarks: [
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
          [9, 10],
        ],
        quality: { sizePx: 90, yawDegrees: -3, sharpness: 80, occlusion: 0 },
      } as const;
      await setReferenceFace(tx, photo.id, face);
      assert.deepEqual(await listReferences(tx, id), [{ ...photo, face }]);
    });
  });

  it('activeConsent() is gone after revokeConsents()', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const id = await makeCharacter(tx, home(), 'Consent');
      assert.equal((await activeConsent(tx, id))?.policyVersion, '2026-01');
      assert.equal(await revokeConsents(tx, id), 1);
      assert.equal(await activeConsent(tx, id), undefined);
      assert.equal(await revokeConsents(tx, id), 0);
    });
  });
}

function testEpisodes(database: () => Database, home: () => Household): void {
  it('branchIds() walks one branch of the tree, newest first', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home(), 'Branches');
      const storyId = await makeStory(tx, home(), characterId);
      const one = await finishScene(tx, home(), { characterId, storyId });
      const two = await finishScene(tx, home(), { characterId, storyId, parent: one });
      const three = await finishScene(tx, home(), { characterId, storyId, parent: two });
      const branch = await finishScene(tx, home(), { characterId, storyId, parent: one });
      const path = (head: typeof one, limit: number) => branchIds(tx, head.id, limit);
      assert.deepEqual(await path(three, 10), [three.id, two.id, one.id]);
      assert.deepEqual(await path(three, 2), [three.id, two.id]);
      assert.deepEqual(await path(branch, 10), [branch.id, one.id]);
      assert.deepEqual(await getEpisode(tx, branch.id), branch);
      assert.equal((await listEpisodes(tx, characterId)).length, 4);
      const changes = await listStateChanges(tx, { characterId, episodeIds: [branch.id, one.id] });
      assert.deepEqual(
        changes.map(({ episodeId }) => episodeId),
        [one.id, branch.id],
      );
      assert.deepEqual(changes[0]?.fact, one.state[0]);
    });
  });

  it('insertEpisode() gives the episode that the scene has already', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home(), 'Twice');
      const storyId = await makeStory(tx, home(), characterId);
      const first = await finishScene(tx, home(), { characterId, storyId });
      const again = await insertEpisode(tx, characterId, { ...first, id: newId('episode'), text: 'late' });
      assert.deepEqual(again, first);
      assert.deepEqual(await findEpisodeOfScene(tx, first.sceneId), first);
      assert.deepEqual(
        (await listTakes(tx, first.sceneId)).map(({ number, seed }) => [number, seed]),
        [[1, 7]],
      );
      assert.equal((await getScene(tx, first.sceneId))?.result?.episodeId, first.id);
    });
  });

  it('currentStory() is the newest that has not ended', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home(), 'Stories');
      assert.equal(await currentStory(tx, characterId), undefined);
      const older = await makeStory(tx, home(), characterId);
      const newer = await makeStory(tx, home(), characterId);
      assert.equal((await currentStory(tx, characterId))?.id, newer);
      await endStory(tx, newer);
      assert.equal((await currentStory(tx, characterId))?.id, older);
      const { id } = await finishScene(tx, home(), { characterId, storyId: older });
      assert.equal((await getStory(tx, older))?.headEpisodeId, id);
      await setStoryHead(tx, older, null);
      assert.equal((await getStory(tx, older))?.headEpisodeId, null);
      assert.equal((await listStories(tx, characterId)).length, 2);
    });
  });
}

function testRecords(database: () => Database, home: () => Household): void {
  it('a scene gives one notice and one charge, however often it finishes', async () => {
    const { tenantId, userId } = await makeHousehold(database());
    const household = { tenantId, userId };
    const sceneId = await database().inTenant(tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, household, 'Once');
      const storyId = await makeStory(tx, household, characterId);
      const episode = await finishScene(tx, household, { characterId, storyId });
      const notice = {
        id: newId('notice'),
        tenantId,
        sceneId: episode.sceneId,
        kind: 'scene',
        replyTo: 'cli',
      };
      assert.equal(await insertNotice(tx, notice), false);
      const usage = { sceneId: episode.sceneId, userId, renderer: 'studio', takes: 9, costUsd: 9 };
      assert.equal(await insertUsage(tx, usage), false);
      assert.deepEqual(await sumUsage(tx, { since: new Date(0), userId }), {
        scenes: 1,
        takes: 1,
        costUsd: 0.04,
      });
      return episode.sceneId;
    });
    await database().asSystem(async (tx) => {
      const pending = (await pendingNotices(tx, 'discord/')).filter((notice) => notice.sceneId === sceneId);
      const [notice] = pending;
      assert.ok(notice);
      assert.equal(pending.length, 1);
      assert.ok(!(await pendingNotices(tx, 'slack/')).some(({ id }) => id === notice.id));
      assert.equal(await markNoticeDelivered(tx, notice.id), true);
      assert.equal(await markNoticeDelivered(tx, notice.id), false);
    });
  });

  it('putPrompt() keeps the first prompt of a hash', async () => {
    await database().inTenant(home().tenantId, async (tx) => {
      const characterId = await makeCharacter(tx, home(), 'Prompts');
      const input = { tenantId: home().tenantId, hash: 'h1', characterId };
      assert.equal(await getPrompt(tx, 'h1'), undefined);
      await putPrompt(tx, { ...input, prompt: 'first' });
      await putPrompt(tx, { ...input, prompt: 'second' });
      assert.equal(await getPrompt(tx, 'h1'), 'first');
    });
  });

  it('changeSettings() keeps the defaults of what was not set, and refuses the impossible', async () => {
    const { tenantId } = await makeHousehold(database());
    await database().inTenant(tenantId, async (tx) => {
      const defaults = { needsRefsBelow: 0.7, refineBelow: 0.8, visibleMark: true, maxTakes: 3 };
      assert.deepEqual(await getSettings(tx), defaults);
      await changeSettings(tx, tenantId, { maxTakes: 5 });
      assert.deepEqual(await changeSettings(tx, tenantId, { visibleMark: false }), {
        ...defaults,
        maxTakes: 5,
        visibleMark: false,
      });
      await assert.rejects(changeSettings(tx, tenantId, { refineBelow: 1.2 }), InvalidRequestError);
    });
  });

  it('appendAudit() lists the newest first', async () => {
    const { tenantId } = await makeHousehold(database());
    await database().inTenant(tenantId, async (tx) => {
      await appendAudit(tx, { tenantId, action: 'one', subject: 'char_1' });
      await appendAudit(tx, { tenantId, action: 'two', subject: 'char_1', detail: { rows: 3 } });
      assert.deepEqual(
        (await listAudit(tx)).map(({ action, detail }) => [action, detail]),
        [
          ['two', { rows: 3 }],
          ['one', {}],
        ],
      );
    });
  });
}
