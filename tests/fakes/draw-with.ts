import type { Context } from '#core/context.ts';
import type { Character } from '#core/domain/character.ts';
import { isTerminal } from '#core/domain/scene.ts';
import type { StepObserver } from '#core/pipeline/step.ts';
import type { Renderer } from '#core/renderer/renderer.ts';
import { createCharacter } from '#core/use-cases/create-character.ts';
import { followEnrolment, followScene } from '#core/use-cases/follow.ts';
import type { SceneView } from '#core/use-cases/get-scene.ts';
import { type RequestSceneInput, requestScene } from '#core/use-cases/request-scene.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import { startWorker } from '#core/worker.ts';
import { colourPicture } from './colour-renderer.ts';
import { colourVision } from './colour-vision.ts';

export const CONSENT = { policyVersion: 'test', textHash: 'test' };
const { signal } = new AbortController();

/** Enrols a red character. */
export async function enrolRed(name: string, caller: Caller, context: Context): Promise<Character> {
  const worker = await startWorker(context, {
    vision: colourVision(),
    renderer: { name: 'none', render: () => Promise.reject(new Error('no renderer')) },
  });
  try {
    const created = await createCharacter(
      { name, photos: [await colourPicture('red')], consent: CONSENT },
      caller,
      context,
      signal,
    );
    return await followEnrolment(created.id, caller, context, signal);
  } finally {
    await worker.close();
  }
}

/** Draws scenes one after the other with this renderer and returns how each ended. */
export async function drawWith(
  renderer: Renderer,
  requests: readonly Omit<RequestSceneInput, 'replyTo'>[],
  { context, caller, observer }: { context: Context; caller: Caller; observer?: StepObserver },
): Promise<SceneView[]> {
  const worker = await startWorker(context, {
    vision: colourVision(),
    renderer,
    ...(observer ? { observer } : {}),
  });
  try {
    const views: SceneView[] = [];
    for (const request of requests) {
      const { scene } = await requestScene({ ...request, replyTo: 'test' }, caller, context, signal);
      views.push(await followScene(scene.id, caller, context, { signal }));
    }
    return views.filter(({ scene }) => isTerminal(scene.status));
  } finally {
    await worker.close();
  }
}
