import type { Character } from '../domain/character.ts';
import { isTerminal, type Scene } from '../domain/scene.ts';
import type { Settings } from '../domain/settings.ts';
import { BadPhotoError } from '../errors.ts';
import type { JobContext, QueuePayload } from '../queue/queue.ts';
import { getCharacter } from '../stores/characters.ts';
import { countScenesAhead, getScene, nextQueuedScene, setSceneStatus } from '../stores/scenes.ts';
import { getSettings } from '../stores/settings.ts';
import { stepResults } from '../stores/steps.ts';
import { latestVector } from '../stores/vectors.ts';
import { enrollCharacter } from './enroll-character.ts';
import { failureOf } from './failure.ts';
import { finishScene } from './finish-scene.ts';
import { generateScene } from './generate-scene.ts';
import type { Needs, Ports } from './needs.ts';
import { memoisedStep, SceneStoppedError, type StepObserver } from './step.ts';

/** A scene that was started this often has killed its workers: it is given up, or it would kill the next one too. */
const MAX_STARTS = 8;

/**
 * Works off one scene job: brings the scene to a terminal status, or throws a retryable error while attempts are left.
 * Returns the scene of the same character that is next in line, so that renders of one character never overlap.
 */
export async function runScene(
  { tenantId, sceneId }: QueuePayload<'scenes'>,
  job: JobContext,
  needs: Omit<Ports, 'settings' | 'signal'> & { readonly visibleMark: boolean },
  observer?: StepObserver,
): Promise<Scene | undefined> {
  const turn = await takeTurn({ tenantId, sceneId }, needs);
  if (!turn) return undefined;
  const { scene } = turn;
  if (!isTerminal(scene.status)) {
    const settings = {
      ...turn.settings,
      visibleMark: turn.settings.visibleMark && needs.visibleMark,
    };
    await drawOrFail(turn, job, { ...needs, settings, signal: job.signal }, observer);
  }
  return needs.db.inTenant(tenantId, (tx) => nextQueuedScene(tx, scene.characterId));
}

interface Turn {
  readonly scene: Scene;
  readonly character: Character | undefined;
  readonly settings: Settings;
  /** What earlier attempts saved, by step. */
  readonly saved: ReadonlyMap<string, unknown>;
  /** Whether the photos were measured under the encoder in use. */
  readonly isMeasured: boolean;
}

/** Sets the scene running when it is first in its character's line; undefined when it is not, or is gone. */
async function takeTurn(
  { tenantId, sceneId }: QueuePayload<'scenes'>,
  { db, vision }: Needs<'db' | 'vision'>,
): Promise<Turn | undefined> {
  return db.inTenant(tenantId, async (tx) => {
    const scene = await getScene(tx, sceneId);
    if (!scene || (!isTerminal(scene.status) && (await countScenesAhead(tx, sceneId)) > 0)) return undefined;
    if (!isTerminal(scene.status)) await setSceneStatus(tx, sceneId, 'running');
    const scope = { ownerId: scene.characterId, role: 'identity', encoder: vision.faceEncoder.id } as const;
    return {
      scene,
      character: await getCharacter(tx, scene.characterId),
      settings: await getSettings(tx),
      saved: await stepResults(tx, sceneId),
      isMeasured: (await latestVector(tx, scope)) !== undefined,
    };
  });
}

async function drawOrFail(
  { scene, character, saved, isMeasured }: Turn,
  job: JobContext,
  ports: Ports,
  observer?: StepObserver,
): Promise<void> {
  try {
    if (character?.status !== 'ready') {
      await finishScene(
        scene,
        { status: 'cancelled', reason: 'The character is not available any more' },
        ports,
      );
      return;
    }
    if (scene.attempt >= MAX_STARTS) {
      await finishScene(
        scene,
        { status: 'failed', reason: 'This scene broke its worker again and again' },
        ports,
      );
      return;
    }
    if (!isMeasured) await measureAgain(character, ports);
    await generateScene(scene, ports, memoisedStep({ scene, saved }, ports, observer));
  } catch (error) {
    if (await wasForgotten(scene, ports)) return;
    if (error instanceof SceneStoppedError) return;
    const reason = failureOf(error, job);
    ports.log.error({ err: error, sceneId: scene.id, attempt: job.attempt }, 'scene failed');
    await finishScene(scene, { status: 'failed', reason }, ports);
  }
}

/**
 * Whether the scene is gone because its character was forgotten while it ran. What this worker stored since then would
 * outlive the forgetting, so it goes now.
 */
async function wasForgotten({ tenantId, id, characterId }: Scene, { db, images }: Ports): Promise<boolean> {
  if (await db.inTenant(tenantId, (tx) => getScene(tx, id))) return false;
  await images.removeAll(`${tenantId}/${characterId}/`);
  return true;
}

/** After a change of encoder the stored photos are measured again, once; the vectors of the old one stay apart. */
async function measureAgain(character: Character, ports: Ports): Promise<void> {
  ports.log.info(
    { characterId: character.id, encoder: ports.vision.faceEncoder.id },
    'measuring the photos again',
  );
  const enrolment = await enrollCharacter(character, ports);
  if (enrolment.kind === 'refused') {
    throw new BadPhotoError(`The face model in use cannot measure ${character.name}. ${enrolment.reason}`);
  }
}
