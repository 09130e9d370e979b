import type { Context } from '../../core/context.ts';
import type { Renderer } from '../../core/renderer/renderer.ts';
import { followScene } from '../../core/use-cases/follow.ts';
import { getScene } from '../../core/use-cases/get-scene.ts';
import { requestScene } from '../../core/use-cases/request-scene.ts';
import type { Caller } from '../../core/use-cases/use-case.ts';
import type { Vision } from '../../core/vision/vision.ts';
import { startWorker } from '../../core/worker.ts';
import { stopwatch } from './stopwatch.ts';

const PROMPTS = [
  'Mira reads a letter by candle light',
  'Mira in a torn red cloak runs over the roofs at night',
  'Mira drinks tea in the rain, with a bandaged hand',
  'Mira laughs in the market at noon, holding a lantern',
];

/** One scene; all times in ms. */
export interface TimedScene {
  /** From the request to the end of the last step. */
  readonly wall: number;
  /** Inside the renderer and inside the networks' analysis: what is no overhead. */
  readonly render: number;
  readonly model: number;
  readonly steps: Readonly<Record<string, number>>;
  /** Resident memory of the process after it, MB. */
  readonly rssMb: number;
}

/** Draws `count` scenes of one character, one after the other, while somebody follows each as the command line does. */
export async function timeScenes(
  count: number,
  needs: {
    readonly character: string;
    readonly context: Context;
    readonly caller: Caller;
    readonly vision: Vision;
    readonly renderer: Renderer;
  },
): Promise<TimedScene[]> {
  const { character, context, caller, vision, renderer } = needs;
  const model = stopwatch();
  const render = stopwatch();
  let ended = Promise.withResolvers<number>();
  await using _worker = await startWorker(context, {
    vision: { ...vision, analyze: model.timed(vision.analyze) },
    renderer: { ...renderer, render: render.timed(renderer.render) },
    observer: {
      saved: (step) => {
        if (step === 'notify') ended.resolve(performance.now());
      },
    },
  });

  const scenes: TimedScene[] = [];
  for (let i = 0; i < count; i++) {
    for (const watch of [model, render]) watch.reset();
    ended = Promise.withResolvers();
    const from = performance.now();
    const prompt = PROMPTS[i % PROMPTS.length] ?? '';
    const signal = AbortSignal.timeout(60_000);
    const { scene } = await requestScene({ character, prompt, replyTo: 'cli' }, caller, context, signal);
    const { scene: done } = await followScene(scene.id, caller, context, { signal });
    if (!done.result) throw new Error(`Scene ${i + 1} ended as ${done.status}: ${done.reason}`);
    const wall = (await ended.promise) - from;
    const { steps } = await getScene(scene.id, caller, context);
    scenes.push({
      wall,
      render: render.ms(),
      model: model.ms(),
      steps: Object.fromEntries(steps.map(({ name, ms }) => [name, ms])),
      rssMb: process.memoryUsage.rss() / 1e6,
    });
  }
  return scenes;
}
