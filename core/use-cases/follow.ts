import { setTimeout as sleep } from 'node:timers/promises';
import type { Character } from '../domain/character.ts';
import type { CharacterId, SceneId } from '../domain/ids.ts';
import { isTerminal } from '../domain/scene.ts';
import { findCharacter } from './find-character.ts';
import { getScene, type SceneView } from './get-scene.ts';
import type { Caller, Doorway } from './use-case.ts';

const LOOK_EVERY_MS = 40;

/**
 * Waits until a scene has ended, whoever draws it; `onProgress` hears of every change on the way.
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
    const view = await getScene(sceneId, caller, doorway);
    const now = `${view.scene.status} ${view.ahead} ${view.steps.length}`;
    if (now !== seen) onProgress?.(view);
    seen = now;
    if (isTerminal(view.scene.status)) return view;
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
