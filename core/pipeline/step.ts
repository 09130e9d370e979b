import type { Scene } from '../domain/scene.ts';
import { NotFoundError } from '../errors.ts';
import { getScene } from '../stores/scenes.ts';
import { getStep, saveStep } from '../stores/steps.ts';
import type { Needs } from './needs.ts';
import { decodeStepResult, encodeStepResult } from './step-result.ts';

/** Runs `work` once per scene and name: a later attempt gets the saved result instead. */
export type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

/** Hears about steps as they happen, for progress and for fault tests. */
export interface StepObserver {
  started?(name: string): void | Promise<void>;
  saved?(name: string, ms: number): void | Promise<void>;
}

/** Thrown between steps when the scene was cancelled or forgotten meanwhile: the job ends, nothing more is written. */
export class SceneStoppedError extends NotFoundError {}

/**
 * Makes the `step` of one scene. Results are saved in the `steps` table of the scene's tenant, so that a worker that is
 * killed never pays for a render twice; before each step the scene is asked whether it is still wanted.
 *
 * @throws {SceneStoppedError} from a step when the scene is no longer running.
 */
export function memoisedStep(
  scene: Scene,
  { db, log, signal }: Needs<'db' | 'log' | 'signal'>,
  observer: StepObserver = {},
): Step {
  return async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    signal.throwIfAborted();
    const saved = await db.inTenant(scene.tenantId, async (tx) => {
      const current = await getScene(tx, scene.id);
      if (current?.status !== 'running') throw new SceneStoppedError('This scene was cancelled');
      return getStep(tx, scene.id, name);
    });
    // A saved result has the type its step gave it: nothing else writes under this name.
    if (saved) return decodeStepResult(saved.result) as Result;

    await observer.started?.(name);
    const startedAt = performance.now();
    const result = await work();
    const ms = Math.round(performance.now() - startedAt);
    await db.inTenant(scene.tenantId, (tx) =>
      saveStep(tx, {
        tenantId: scene.tenantId,
        ownerId: scene.id,
        name,
        result: encodeStepResult(result),
        ms,
      }),
    );
    log.debug({ sceneId: scene.id, step: name, ms }, 'step done');
    await observer.saved?.(name, ms);
    return result;
  };
}
