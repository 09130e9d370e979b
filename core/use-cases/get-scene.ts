import { isId } from '../domain/ids.ts';
import type { Scene, Take } from '../domain/scene.ts';
import { NotFoundError } from '../errors.ts';
import { countScenesAhead, getScene as getRow } from '../stores/scenes.ts';
import { listSteps } from '../stores/steps.ts';
import { listTakes } from '../stores/takes.ts';
import type { Caller, Doorway } from './use-case.ts';

export interface SceneView {
  readonly scene: Scene;
  readonly takes: readonly Take[];
  /** Steps done so far, in order, with their times in milliseconds. */
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
  /** Scenes of the same character that are drawn first; 0 when it runs or has ended. */
  readonly ahead: number;
}

/** @throws {NotFoundError} when the caller's tenant has no such scene. */
export async function getScene(
  sceneId: string,
  caller: Caller,
  { db }: Pick<Doorway, 'db'>,
): Promise<SceneView> {
  return db.inTenant(caller.tenantId, async (tx) => {
    const scene = isId('scene', sceneId) ? await getRow(tx, sceneId) : undefined;
    if (!scene) throw new NotFoundError('There is no such scene here');
    return {
      scene,
      takes: await listTakes(tx, scene.id),
      steps: await listSteps(tx, scene.id),
      ahead: scene.status === 'queued' ? await countScenesAhead(tx, scene.id) : 0,
    };
  });
}
