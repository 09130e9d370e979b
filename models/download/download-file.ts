import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ModelPackError } from '#core/errors.ts';
import { diskError } from '../disk-error.ts';
import { hashFile } from '../hash-file.ts';
import type { FileContent } from '../manifest.ts';
import { type FetchOutcome, fetchPart } from './fetch-part.ts';
import { claimPart, type Part } from './part.ts';

export interface DownloadLimits {
  /** A server that sends no byte for this long is asked again. */
  readonly stallMs: number;
  /** Failures in a row, without PROGRESS_BYTES between them, after which the next address is tried. */
  readonly attempts: number;
  /** Wait after the first failure; doubles with each one up to MAX_WAIT_MS. */
  readonly backoffMs: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = { stallMs: 30_000, attempts: 4, backoffMs: 1_000 };
const MAX_WAIT_MS = 30_000;
/** A slow line that breaks often is not a broken one: this much progress starts the count of failures again. */
const PROGRESS_BYTES = 1 << 20;

export interface DownloadNeeds {
  readonly signal: AbortSignal;
  readonly limits: DownloadLimits;
  readonly onBytes: (doneBytes: number, host: string) => void;
}

/**
 * Downloads one file into `dir` from the first address that has it: resumes what an earlier try left, checks size and
 * sha256, and only then gives the file its name.
 *
 * @throws {ModelPackError} when no address gave the right content, or the disk did not take it.
 */
export async function downloadFile(
  { dir, file, content, urls }: { dir: string; file: string; content: FileContent; urls: readonly string[] },
  needs: DownloadNeeds,
): Promise<void> {
  const part = await claimPart(dir, file, content.sha256);
  const failures: string[] = [];
  try {
    for (const url of urls) {
      const failure = await downloadFrom(url, { part, content }, needs);
      if (failure === null) {
        await rename(part.path, join(dir, file));
        await part.discard();
        return;
      }
      failures.push(`${new URL(url).host} ${failure}`);
    }
  } catch (error) {
    await part.release();
    throw diskError(error) ?? error;
  }
  await part.release();
  throw new ModelPackError(
    `Could not download ${file}: ${failures.join('; ')}. Try again later, set IDLOCK_MODELS_MIRROR, or put the file into the models directory by hand.`,
    { retryable: true },
  );
}

/** Downloads from one address with retries; null when the part is complete and right, else why not. */
async function downloadFrom(
  url: string,
  { part, content }: { part: Part; content: FileContent },
  { signal, limits, onBytes }: DownloadNeeds,
): Promise<string | null> {
  let failures = 0;
  let restarted = false;
  for (;;) {
    const before = await part.sizeBytes();
    const outcome = await fetchPart(url, part, content, {
      signal,
      stallMs: limits.stallMs,
      onBytes: (done) => onBytes(done, new URL(url).host),
    });
    if (outcome.kind === 'give-up') return outcome.why;
    if (outcome.kind === 'complete') {
      if ((await hashFile(part.path, signal)) === content.sha256) return null;
      await part.clear();
      // The bytes that were there before this try may be the wrong ones: once more, from the start.
      if (before === 0 || restarted) return 'sent other content (its sha256 differs), which was deleted';
      restarted = true;
      continue;
    }
    const progress = (await part.sizeBytes()) - before;
    failures = progress >= PROGRESS_BYTES ? 1 : failures + 1;
    if (failures >= limits.attempts) return `${outcome.why}, ${failures} times`;
    await sleep(waitMs(outcome, failures, limits), undefined, { signal });
  }
}

function waitMs(
  { waitMs: asked }: FetchOutcome & { waitMs?: number },
  failures: number,
  limits: DownloadLimits,
): number {
  return Math.min(MAX_WAIT_MS, asked ?? limits.backoffMs * 2 ** (failures - 1));
}
