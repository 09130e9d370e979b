import type { Scene } from '../domain/scene.ts';
import { isTerminal } from '../domain/scene.ts';
import type { JobContext, QueuePayload } from '../queue/queue.ts';
import { getCharacter } from '../stores/characters.ts';
import { countScenesAhead, getScene, nextQueuedScene, setSceneStatus } from '../stores/scenes.ts';
import { getSettings } from '../stores/settings.ts';
import { failureOf } from './failure.ts';
import { finishScene } from './finish-scene.ts';
import { generateScene } from './generate-scene.ts';
import type { Ports } from './needs.ts';
import { memoisedStep, SceneStoppedError, type StepObserver } from './step.ts';

/**
 * Works off one scene job: brings the scene to a terminal status, or throws a retryable error while attempts are left.
 * Returns the scene of the same character that is next in line, so that renders of one character never overlap.
 */
export async function runScene(
  payload: QueuePayload<'scenes'>,
  job: JobContext,
  needs: Omit<Ports, 'settings' | 'signal'> & { readonly visibleMark: boolean },
  observer?: StepObserver,
): Promise<Scene | undefined> {
  const { tenantId, sceneId } = payload;
  const started = await needs.db.inTenant(tenantId, async (tx) => {
    const scene = await getScene(tx, sceneId);
    if (!scene) return undefined;
    const character = await getCharacter(tx, scene.characterId);
    const isTurn = isTerminal(scene.status) || (await countScenesAhead(tx, sceneId)) === 0;
    if (isTurn && !isTerminal(scene.status)) await setSceneStatus(tx, sceneId, 'running');
    return isTurn ? { scene, character, settings: await getSettings(tx) } : undefined;
  });
  if (!started) return undefined;
  const { scene, character, settings } = started;
  if (!isTerminal(scene.status)) {
    if (character?.status !== 'ready') {
      await finishScene(
        scene,
        { status: 'cancelled', reason: 'The character is not available any more' },
        needs,
      );
    } else {
      const visibleMark = settings.visibleMark && needs.visibleMark;
      const ports = { ...needs, signal: job.signal, settings: { ...settings, visibleMark } };
      await drawOrFail(scene, job, ports, observer);
    }
  }
  return needs.db.inTenant(tenantId, (tx) => nextQueuedScene(tx, scene.characterId));
}

async function drawOrFail(
  scene: Scene,
  job: JobContext,
  ports: Ports,
  observer?: StepObserver,
): Promise<void> {
  try {
    await generateScene(scene, ports, memoisedStep(scene, ports, observer));
  } catch (error) {
    if (error instanceof SceneStoppedError) return;
    const reason = failureOf(error, job);
    ports.log.error({ err: error, sceneId: scene.id, attempt: job.attempt }, 'scene failed');
    await finishScene(scene, { status: 'failed', reason }, ports);
  }
}
