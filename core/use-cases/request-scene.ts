import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { ASPECT_RATIOS } from '../domain/aspect-ratio.ts';
import type { Character } from '../domain/character.ts';
import { newId, type StoryId } from '../domain/ids.ts';
import { type ImageRef, imageKey } from '../domain/image-ref.ts';
import { personText, TEXT_LIMITS } from '../domain/request-text.ts';
import type { Scene } from '../domain/scene.ts';
import { InvalidRequestError, NotFoundError } from '../errors.ts';
import { normalizeUpload } from '../imaging/normalize-upload.ts';
import { lockCharacter } from '../stores/characters.ts';
import { activeConsent } from '../stores/consents.ts';
import type { Tx } from '../stores/database.ts';
import { countScenesAhead, insertScene } from '../stores/scenes.ts';
import { currentStory, getStory, insertStory } from '../stores/stories.ts';
import { checked } from './checked.ts';
import { enqueueRow } from './enqueue-row.ts';
import { findCharacter } from './find-character.ts';
import type { Caller, Doorway } from './use-case.ts';

export const requestSceneSchema = z.object({
  prompt: personText('The prompt', TEXT_LIMITS.prompt, 3),
  styleOverrides: z
    .array(personText('A style override', TEXT_LIMITS.override))
    .max(TEXT_LIMITS.overrides, `At most ${TEXT_LIMITS.overrides} style overrides`)
    .default([]),
  aspectRatio: z
    .enum(ASPECT_RATIOS, { error: `The aspect ratio must be one of ${ASPECT_RATIOS.join(', ')}` })
    .default('1:1'),
  sizePx: z
    .int()
    .min(256, 'The size must be 256 to 2048 px')
    .max(2048, 'The size must be 256 to 2048 px')
    .default(1024),
  seed: z.int().min(0).max(0xffff_ffff, 'The seed must be 0 to 4294967295').optional(),
  refineFace: z.boolean().default(false),
});

export interface RequestSceneInput extends z.input<typeof requestSceneSchema> {
  /** Name or id. */
  readonly character: string;
  /** The story to go on with; the character's open story, or a new one, when undefined. */
  readonly storyId?: StoryId;
  /** Encoded bytes of a picture that shows the pose. */
  readonly pose?: Uint8Array;
  readonly replyTo: string;
}

export interface RequestedScene {
  readonly scene: Scene;
  /** Scenes of the same character that are drawn first. */
  readonly ahead: number;
}

/**
 * Checks a request, writes the scene row, then the job: in that order, so that a lost queue loses nothing.
 *
 * The job is queued at once when the scene is first in its character's line, else when the one before it has ended.
 * @throws {InvalidRequestError} when the request is not valid, or the character is not ready or lacks consent.
 * @throws {NotFoundError} when the character or story is not in the caller's tenant.
 */
export async function requestScene(
  input: RequestSceneInput,
  caller: Caller,
  doorway: Doorway,
  signal: AbortSignal,
): Promise<RequestedScene> {
  const { character: nameOrId, storyId, pose: poseBytes, replyTo, ...request } = input;
  const wanted = checked(requestSceneSchema, request);
  const character = await findCharacter(nameOrId, caller, doorway);
  const pose = poseBytes ? await storePose(poseBytes, character, doorway, signal) : null;
  const { tenantId } = caller;

  const { scene, ahead } = await doorway.db.inTenant(tenantId, async (tx) => {
    await mustBeDrawable(tx, character);
    const inserted = await insertScene(tx, {
      ...wanted,
      seed: wanted.seed ?? randomInt(0x1_0000_0000),
      id: newId('scene'),
      tenantId,
      characterId: character.id,
      storyId: await storyFor(tx, { character, storyId, caller }),
      requestedBy: caller.userId,
      pose,
      replyTo,
    });
    return { scene: inserted, ahead: await countScenesAhead(tx, inserted.id) };
  });
  if (ahead === 0) await enqueueRow('scenes', scene.id, { tenantId, sceneId: scene.id }, doorway);
  return { scene, ahead };
}

/** Locks the character's row, so that two requests at once agree on who is first in line. */
async function mustBeDrawable(tx: Tx, { id }: Character): Promise<void> {
  const character = await lockCharacter(tx, id);
  if (!character) throw new NotFoundError('This character was forgotten');
  const { name, status, failure } = character;
  if (status === 'enrolling')
    throw new InvalidRequestError(`${name} is still being enrolled: try again in a moment`);
  if (status === 'failed')
    throw new InvalidRequestError(`${name} could not be enrolled: ${failure ?? 'create it again'}`);
  if (status === 'frozen') throw new InvalidRequestError(`${name} is frozen and cannot be drawn`);
  if (!(await activeConsent(tx, id)))
    throw new InvalidRequestError(`Consent for ${name} was withdrawn: it cannot be drawn`);
}

async function storyFor(
  tx: Tx,
  { character, storyId, caller }: { character: Character; storyId: StoryId | undefined; caller: Caller },
): Promise<StoryId> {
  if (storyId) {
    const story = await getStory(tx, storyId);
    if (story?.characterId !== character.id)
      throw new NotFoundError(`There is no such story of ${character.name}`);
    if (story.status !== 'open') throw new InvalidRequestError('This story has ended: start a new one');
    return story.id;
  }
  const open = await currentStory(tx, character.id);
  if (open) return open.id;
  const id = newId('story');
  await insertStory(tx, {
    id,
    tenantId: caller.tenantId,
    characterId: character.id,
    startedBy: caller.userId,
  });
  return id;
}

async function storePose(
  bytes: Uint8Array,
  owner: Character,
  { images }: Doorway,
  signal: AbortSignal,
): Promise<ImageRef> {
  const { bytes: normalized, ...size } = await normalizeUpload(bytes, signal);
  const key = imageKey(owner.tenantId, owner.id, normalized, size.type);
  await images.put(key, normalized, size.type, signal);
  return { key, ...size, sizeBytes: normalized.byteLength };
}
