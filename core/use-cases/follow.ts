import { setTimeout as sleep } from 'node:timers/promises';
import type { Character } from '../domain/character.ts';
import type { CharacterId, SceneId } from '../domain/ids.ts';
import { isTerminal } from '../domain/scene.ts';
import { sceneProgress } from '../stores/scenes.ts';
import { findCharacter } from './find-character.ts';
import { getScene, type SceneView } from './get-scene.ts';
import type { Caller, Doorway } from './use-case.ts';

const LOOK_EVERY_MS = 80;

/**
 * Waits until a scene has ended, whoever draws it; `onProgress` hears of every change on the way (and of a place in
 * line now and again).
 *
 * @throws {NotFoundError} when the scene is not in the caller's tenant, or is forgotten meanwhile.
 */
export async function followScene(
  sceneId: SceneId,
  caller: Caller,
  doorway: Pick<Doorway, 'db'>,
  { signal, onProgress }: { signal: AbortSignal; onProgress?: (view: SceneView) => void },
): Promise<SceneView> {
  let seen = '';
  for (;;) {
    const progress = await doorway.db.inTenant(caller.tenantId, (tx) => sceneProgress(tx, sceneId));
    const now = `${progress?.status} ${progress?.steps}`;
    // One row is read each time; the whole scene only when there is news, and while its place in line may change.
    if (now !== seen || progress?.status === 'queued') {
      const view = await getScene(sceneId, caller, doorway);
      onProgress?.(view);
      if (isTerminal(view.scene.status)) return view;
    }
    seen = now;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

/** Waits until a character is enrolled, or could not be. */
export async function followEnrolment(
  characterId: CharacterId,
  caller: Caller,
  doorway: Pick<Doorway, 'db'>,
  signal: AbortSignal,
): Promise<Character> {
  for (;;) {
    const character = await findCharacter(characterId, caller, doorway);
    if (character.status !== 'enrolling') return character;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}
