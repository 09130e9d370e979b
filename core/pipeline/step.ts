import type { Scene } from '../domain/scene.ts';
import { NotFoundError } from '../errors.ts';
import { saveStep } from '../stores/steps.ts';
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
 * killed never pays for a render twice; saving one also says whether the scene is still wanted.
 *
 * saved: what earlier attempts saved, by step.
 * @throws {SceneStoppedError} from a step when the scene was cancelled or forgotten since.
 */
export function memoisedStep(
  { scene, saved }: { readonly scene: Scene; readonly saved: ReadonlyMap<string, unknown> },
  { db, log, signal }: Needs<'db' | 'log' | 'signal'>,
  observer: StepObserver = {},
): Step {
  const { tenantId, id: ownerId } = scene;
  let isWanted = true;

  return async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    signal.throwIfAborted();
    if (!isWanted) throw new SceneStoppedError('This scene was cancelled');
    // A saved result has the type its step gave it: nothing else writes under this name.
    if (saved.has(name)) return decodeStepResult(saved.get(name)) as Result;

    await observer.started?.(name);
    const startedAt = performance.now();
    const result = await work();
    const ms = Math.round(performance.now() - startedAt);
    const step = { tenantId, ownerId, name, result: encodeStepResult(result), ms };
    const status = await db.inTenant(tenantId, (tx) => saveStep(tx, step));
    if (status !== 'running') isWanted = false;
    log.debug({ sceneId: scene.id, step: name, ms }, 'step done');
    await observer.saved?.(name, ms);
    return result;
  };
}
