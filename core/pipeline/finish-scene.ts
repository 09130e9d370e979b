import { newId } from '../domain/ids.ts';
import type { Scene, SceneResult, SceneStatus } from '../domain/scene.ts';
import { insertNotice } from '../stores/notices.ts';
import { setSceneStatus } from '../stores/scenes.ts';
import { clearStepResults, saveStep } from '../stores/steps.ts';
import { insertUsage } from '../stores/usage.ts';
import type { Needs } from './needs.ts';

export interface Ending {
  readonly status: Exclude<SceneStatus, 'queued' | 'running'>;
  readonly reason?: string;
  readonly result?: SceneResult;
}

/**
 * Ends a scene: terminal status, one charge if a picture came out, one notice, in one transaction. Doing it again
 * changes nothing. The saved step results go (they hold face vectors); their names and times stay.
 *
 * Returns whether this call ended the scene.
 */
export async function finishScene(scene: Scene, ending: Ending, { db }: Needs<'db'>): Promise<boolean> {
  const { tenantId, id: sceneId } = scene;
  const startedAt = performance.now();
  return db.inTenant(tenantId, async (tx) => {
    const { status, reason, result } = ending;
    const ended = await setSceneStatus(tx, sceneId, status, {
      ...(reason === undefined ? {} : { reason }),
      ...(result === undefined ? {} : { result }),
    });
    if (!ended) return false;
    if (result) {
      const { takes, costUsd, renderer } = result;
      await insertUsage(tx, { userId: scene.requestedBy, sceneId, renderer, takes, costUsd });
    }
    await insertNotice(tx, {
      id: newId('notice'),
      tenantId,
      sceneId,
      kind: 'scene-ended',
      replyTo: scene.replyTo,
    });
    await clearStepResults(tx, sceneId);
    // Saved here and not by its step alone: who sees the scene ended sees all of its steps.
    const ms = Math.round(performance.now() - startedAt);
    await saveStep(tx, { tenantId, ownerId: sceneId, name: 'notify', result: null, ms });
    return true;
  });
}
