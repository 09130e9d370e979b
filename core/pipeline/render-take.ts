import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '../domain/ids.ts';
import { type ImageRef, imageKey } from '../domain/image-ref.ts';
import type { Take } from '../domain/scene.ts';
import { RenderError } from '../errors.ts';
import { photoHeader } from '../imaging/photo-header.ts';
import type { RenderReference, RenderRequest, RenderResult } from '../renderer/renderer.ts';
import type { Brief } from './merge-memory.ts';
import type { Needs } from './needs.ts';

/** Waits between tries of a renderer that failed for a passing reason: two more tries, then it has failed. */
export const RENDER_BACKOFF_MS: readonly number[] = [500, 2_000];

export type Rendered = Omit<Take, 'verdict'>;
export type RenderOutcome =
  | { readonly kind: 'rendered'; readonly take: Rendered }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Draws one take and keeps its picture. Always from the references, never from an earlier take: chaining drifts.
 *
 * number: 1 for the first take; each take has its own seed.
 * @throws {RenderError} when the renderer failed for good, or kept failing.
 */
export async function renderTake(
  input: { readonly brief: Brief; readonly prompt: string; readonly number: number },
  { images, renderer, signal }: Needs<'images' | 'renderer' | 'signal'>,
): Promise<RenderOutcome> {
  const { scene } = input.brief;
  const seed = (scene.seed + input.number - 1) >>> 0;
  const request: RenderRequest = {
    prompt: input.prompt,
    references: await renderReferences(input.brief, { images, signal }),
    aspectRatio: scene.aspectRatio,
    sizePx: scene.sizePx,
    seed,
  };
  const result = await renderWithRetry(request, { renderer, signal });
  if (result.kind === 'refusal') return { kind: 'refused', reason: result.reason };

  const { widthPx, heightPx } = await photoHeader(result.image);
  const image: ImageRef = {
    key: imageKey(scene.tenantId, scene.characterId, result.image, result.type),
    type: result.type,
    widthPx,
    heightPx,
    sizeBytes: result.image.byteLength,
  };
  await images.put(image.key, result.image, image.type, signal);
  return {
    kind: 'rendered',
    take: {
      id: newId('take'),
      number: input.number,
      image,
      seed,
      renderer: renderer.name,
      costUsd: result.costUsd,
    },
  };
}

async function renderReferences(
  brief: Brief,
  { images, signal }: Needs<'images' | 'signal'>,
): Promise<RenderReference[]> {
  const identity = brief.references.map(
    async ({ image, face }): Promise<RenderReference> => ({
      role: 'identity',
      name: brief.name,
      image: await images.get(image.key, signal),
      ...(face ? { face } : {}),
    }),
  );
  const { pose } = brief.scene;
  const poses = pose
    ? [{ role: 'pose', name: 'pose', image: await images.get(pose.key, signal) } as const]
    : [];
  return [...(await Promise.all(identity)), ...poses];
}

async function renderWithRetry(
  request: RenderRequest,
  { renderer, signal }: Needs<'renderer' | 'signal'>,
): Promise<RenderResult> {
  for (const waitMs of RENDER_BACKOFF_MS) {
    try {
      return await renderer.render(request, signal);
    } catch (error) {
      if (!(error instanceof RenderError) || !error.retryable) throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
  return renderer.render(request, signal);
}
