import { RenderError } from '../../errors.ts';
import type { RenderResult } from '../renderer.ts';

/** Ways to fail on purpose, as real providers do. */
export const FAILURE_KINDS = ['refuse', 'retryable', 'final', 'hang'] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/**
 * Fails as asked: `refuse` is a value, `hang` waits for the abort.
 *
 * @throws {RenderError} for `retryable` and `final`; the signal's reason for `hang`.
 */
export async function failAs(kind: FailureKind, signal: AbortSignal): Promise<RenderResult> {
  if (kind === 'refuse') return { kind: 'refusal', reason: 'The studio was told to refuse this scene.' };
  if (kind === 'hang') return hang(signal);
  throw new RenderError(
    kind === 'retryable'
      ? 'The studio is busy. Try again in a moment.'
      : 'The studio cannot draw this scene. Change the words and try again.',
    { retryable: kind === 'retryable' },
  );
}

function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
