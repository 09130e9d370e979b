import type { Context } from '#core/context.ts';
import { cancelScene } from '#core/use-cases/cancel-scene.ts';
import { followScene } from '#core/use-cases/follow.ts';
import type { SceneView } from '#core/use-cases/get-scene.ts';
import { type RequestSceneInput, requestScene } from '#core/use-cases/request-scene.ts';
import { takeNotice } from '#core/use-cases/take-notice.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import type { Session } from './command-session.ts';

/** Requests a scene and waits for it, saying what goes on; Ctrl-C cancels the scene before leaving. */
export async function drawScene(
  input: Omit<RequestSceneInput, 'replyTo'>,
  { context, caller, session }: { context: Context; caller: Caller; session: Session },
): Promise<SceneView> {
  const { terminal, signal } = session;
  const { scene } = await requestScene({ ...input, replyTo: 'cli' }, caller, context, signal);
  try {
    const view = await followScene(scene.id, caller, context, {
      signal,
      onProgress: ({ scene: now, steps, ahead }) =>
        terminal.progress(
          `  ${now.status}${ahead > 0 ? `, ${ahead} ahead` : ''} ${steps.map(({ name }) => name).join(' > ')}`,
        ),
    });
    terminal.settle();
    await takeNotice(scene.id, caller, context);
    return view;
  } catch (error) {
    if (signal.aborted) await cancelScene(scene.id, caller, context);
    throw error;
  }
}
