import { EMPTY_SHEET, type Reference } from '#core/domain/character.ts';
import type { Episode } from '#core/domain/episode.ts';
import { l2Normalize } from '#core/domain/face.ts';
import {
  type CharacterId,
  type EpisodeId,
  newId,
  type StoryId,
  type TenantId,
  type UserId,
} from '#core/domain/ids.ts';
import type { ImageRef } from '#core/domain/image-ref.ts';
import type { SceneRequest, SceneResult, Take } from '#core/domain/scene.ts';
import type { StateFact } from '#core/domain/state.ts';
import { insertCharacter } from '#core/stores/characters.ts';
import { insertConsent } from '#core/stores/consents.ts';
import type { Database, Tx } from '#core/stores/database.ts';
import { insertEpisode } from '#core/stores/episodes.ts';
import { insertNotice } from '#core/stores/notices.ts';
import { putPrompt } from '#core/stores/prompts.ts';
import { insertReference } from '#core/stores/references.ts';
import { insertScene, setSceneStatus } from '#core/stores/scenes.ts';
import { insertStateChanges } from '#core/stores/state-facts.ts';
import { saveStep } from '#core/stores/steps.ts';
import { insertStory, setStoryHead } from '#core/stores/stories.ts';
import { insertTake } from '#core/stores/takes.ts';
import { ensureTenant, ensureUser } from '#core/stores/tenants.ts';
import { insertUsage } from '#core/stores/usage.ts';
import { insertVector } from '#core/stores/vectors.ts';

export const FACE_ENCODER = 'test/face@1';

export interface Household {
  readonly tenantId: TenantId;
  readonly userId: UserId;
}

/** A new tenant with one person in it. */
export async function makeHousehold(database: Database): Promise<Household> {
  const externalId = newId('user');
  const tenantId = await ensureTenant(database, { platform: 'discord', externalId, name: 'Guild' });
  const userId = await database.inTenant(tenantId, (tx) =>
    ensureUser(tx, { tenantId, platform: 'discord', externalId, name: 'Ada' }),
  );
  return { tenantId, userId };
}

export function image(tenantId: TenantId, ownerId: string): ImageRef {
  const key = `${tenantId}/${ownerId}/${'0'.repeat(64)}.png`;
  return { key, type: 'image/png', widthPx: 640, heightPx: 480, sizeBytes: 12_345 };
}

/** Deterministic unit vector: the same seed gives the same direction. */
export function unitVector(seed: number, dim = 128): Float32Array {
  let state = seed * 2_654_435_761 + 1;
  const vector = Float32Array.from({ length: dim }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
  return l2Normalize(vector);
}

/** A character with a photo, a consent and an identity vector. */
export async function makeCharacter(
  tx: Tx,
  { tenantId, userId }: Household,
  name: string,
): Promise<CharacterId> {
  const id = newId('char');
  await insertCharacter(tx, {
    id,
    tenantId,
    ownerId: userId,
    name,
    sheet: { ...EMPTY_SHEET, tags: ['knight'] },
  });
  const reference: Reference = {
    id: newId('ref'),
    characterId: id,
    position: 0,
    image: image(tenantId, id),
    face: null,
    createdAt: new Date(),
  };
  await insertReference(tx, reference);
  await insertConsent(tx, {
    id: newId('consent'),
    characterId: id,
    givenBy: userId,
    policyVersion: '2026-01',
    textHash: 'a'.repeat(64),
    givenAt: new Date(),
  });
  await insertVector(tx, {
    tenantId,
    ownerId: id,
    subjectId: id,
    role: 'identity',
    encoder: FACE_ENCODER,
    embedding: unitVector(1),
  });
  return id;
}

export async function makeStory(tx: Tx, household: Household, characterId: CharacterId): Promise<StoryId> {
  const { tenantId, userId: startedBy } = household;
  return (await insertStory(tx, { id: newId('story'), tenantId, characterId, startedBy })).id;
}

export function sceneRequest(household: Household, characterId: CharacterId, storyId: StoryId): SceneRequest {
  return {
    characterId,
    storyId,
    requestedBy: household.userId,
    prompt: 'Arya fights a dragon on a cliff',
    styleOverrides: ['ink wash', 'a "quoted", {braced} tag'],
    pose: null,
    aspectRatio: '4:3',
    sizePx: 1024,
    seed: 4_294_967_297,
    refineFace: true,
    replyTo: 'discord/1/2',
  };
}

export async function makeScene(tx: Tx, household: Household, characterId: CharacterId, storyId: StoryId) {
  return insertScene(tx, {
    ...sceneRequest(household, characterId, storyId),
    id: newId('scene'),
    tenantId: household.tenantId,
  });
}

/** A whole finished scene: every table that a scene writes has a row of it afterwards. */
export async function finishScene(
  tx: Tx,
  household: Household,
  input: { characterId: CharacterId; storyId: StoryId; parent?: Episode },
): Promise<Episode> {
  const { characterId, storyId, parent } = input;
  const { tenantId, userId } = household;
  const scene = await makeScene(tx, household, characterId, storyId);
  const fact: StateFact = {
    id: newId('fact'),
    kind: 'clothing',
    slot: 'outer',
    value: 'torn cloak',
    firstSceneId: scene.id,
    lastSceneId: scene.id,
    evidence: { source: 'picture', text: 'a torn cloak', confidence: 0.9 },
  };
  const take: Take = {
    id: newId('take'),
    number: 1,
    image: image(tenantId, characterId),
    verdict: { kind: 'n/a', reason: 'no-face', encoder: FACE_ENCODER },
    seed: 7,
    renderer: 'studio',
    costUsd: 0.04,
  };
  const episodeId: EpisodeId = newId('episode');
  await saveStep(tx, {
    tenantId,
    ownerId: scene.id,
    name: 'render-1',
    result: { takeId: take.id },
    ms: 12.5,
  });
  await insertTake(tx, scene.id, take);
  await putPrompt(tx, { tenantId, hash: scene.id, characterId, prompt: 'Arya, torn cloak' });
  const episode = await insertEpisode(tx, characterId, {
    id: episodeId,
    storyId,
    sceneId: scene.id,
    parentId: parent?.id ?? null,
    sceneIndex: (parent?.sceneIndex ?? 0) + 1,
    text: scene.prompt,
    tags: ['dragon', 'cliff'],
    image: take.image,
    state: [fact],
    createdAt: new Date(),
  });
  await insertStateChanges(tx, {
    episodeId,
    sceneId: scene.id,
    changes: [{ change: 'begins', characterId, fact }],
  });
  await insertVector(tx, {
    tenantId,
    ownerId: characterId,
    subjectId: episodeId,
    role: 'episode-face',
    encoder: FACE_ENCODER,
    embedding: unitVector(episode.sceneIndex + 1),
  });
  await setStoryHead(tx, storyId, episodeId);
  const result: SceneResult = {
    image: take.image,
    verdict: take.verdict,
    takes: 1,
    renderer: take.renderer,
    episodeId,
    state: [fact],
    changes: [{ change: 'begins', fact }],
    costUsd: take.costUsd,
  };
  await setSceneStatus(tx, scene.id, 'success', { result });
  await insertUsage(tx, { sceneId: scene.id, userId, renderer: 'studio', takes: 1, costUsd: take.costUsd });
  await insertNotice(tx, {
    id: newId('notice'),
    tenantId,
    sceneId: scene.id,
    kind: 'scene',
    replyTo: scene.replyTo,
  });
  return episode;
}
