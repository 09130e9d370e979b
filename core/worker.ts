import type { Context } from './context.ts';
import { runEnrolment } from './pipeline/run-enrolment.ts';
import { runScene } from './pipeline/run-scene.ts';
import type { StepObserver } from './pipeline/step.ts';
import type { Renderer } from './renderer/renderer.ts';
import { reconcile } from './use-cases/reconcile.ts';
import type { Vision } from './vision/vision.ts';

/** A minute to enrol; for a scene two minutes of our own work and five that the slowest renderer may take. */
const TIME_LIMIT_MS = { identity: 60_000, scenes: 120_000 + 300_000 } as const;
const RECONCILE_EVERY_MS = 30_000;

export interface Worker extends AsyncDisposable {
  /** Stops taking jobs, waits up to `graceMs` for running ones, then hands them back. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Works off the queues `identity` and `scenes`, and puts unfinished work back on them: at the start and on a schedule.
 *
 * concurrency: scenes at a time; they mostly wait for renders. Enrolments run one at a time.
 */
export async function startWorker(
  context: Context,
  parts: {
    readonly vision: Vision;
    readonly renderer: Renderer;
    readonly concurrency?: number;
    readonly observer?: StepObserver;
  },
): Promise<Worker> {
  const { queue, log } = context;
  const { visible: visibleMark } = context.config.mark;
  const needs = {
    db: context.db,
    images: context.images,
    log,
    vision: parts.vision,
    renderer: parts.renderer,
  };

  const identity = await queue.consume('identity', (payload, job) => runEnrolment(payload, job, needs), {
    concurrency: 1,
    timeLimitMs: TIME_LIMIT_MS.identity,
  });
  const scenes = await queue.consume(
    'scenes',
    async (payload, job) => {
      const next = await runScene(payload, job, { ...needs, visibleMark }, parts.observer);
      if (next) await queue.enqueue('scenes', next.id, { tenantId: payload.tenantId, sceneId: next.id });
    },
    { concurrency: parts.concurrency ?? 4, timeLimitMs: TIME_LIMIT_MS.scenes },
  );
  await reconcile(context);
  const schedule = setInterval(() => {
    reconcile(context).catch((error: unknown) => log.warn({ err: error }, 'reconcile failed'));
  }, RECONCILE_EVERY_MS);

  const close = async (graceMs?: number) => {
    clearInterval(schedule);
    await Promise.all([identity.close(graceMs), scenes.close(graceMs)]);
  };
  return { close, [Symbol.asyncDispose]: () => close() };
}
