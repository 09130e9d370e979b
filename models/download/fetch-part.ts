import { open } from 'node:fs/promises';
import { diskError } from '../disk-error.ts';
import type { FileContent } from '../manifest.ts';
import type { Part } from './part.ts';
import { request } from './request.ts';
import { stallTimer } from './stall-timer.ts';

export type FetchOutcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'retry' | 'give-up'; readonly why: string; readonly waitMs?: number };

export interface FetchNeeds {
  readonly signal: AbortSignal;
  readonly stallMs: number;
  readonly onBytes: (doneBytes: number) => void;
}

/**
 * Asks one server once for what is missing of a part and appends it. Whether the content is right is not checked here.
 *
 * @throws {ModelPackError} when the disk does not take it; what the signal was aborted with.
 */
export async function fetchPart(
  url: string,
  part: Part,
  content: FileContent,
  { signal, stallMs, onBytes }: FetchNeeds,
): Promise<FetchOutcome> {
  const stall = stallTimer(stallMs);
  try {
    const offset = await resumeOffset(part, content);
    if (offset === content.bytes) return { kind: 'complete' };
    const headers = await resumeHeaders(url, part, offset);
    const answer = await request(url, headers, AbortSignal.any([signal, stall.signal]));
    if (answer.kind === 'refused') return { kind: 'give-up', why: answer.why };
    const { response } = answer;
    const start = await startOf(response, { offset, content, part });
    if (typeof start !== 'number') {
      await response.body?.cancel();
      return start;
    }
    await part.setOrigin({ sha256: content.sha256, url, etag: strongEtag(response) });
    return await append(response, { part, start, content, touch: stall.touch, onBytes });
  } catch (error) {
    signal.throwIfAborted();
    const disk = diskError(error);
    if (disk) throw disk;
    if (stall.signal.aborted) return { kind: 'retry', why: `sent nothing for ${stallMs / 1000} s` };
    return { kind: 'retry', why: 'the connection failed or broke off' };
  } finally {
    stall.stop();
  }
}

/** How many good bytes lie there; a part that is too long is worth nothing. */
async function resumeOffset(part: Part, content: FileContent): Promise<number> {
  const size = await part.sizeBytes();
  if (size <= content.bytes) return size;
  await part.clear();
  return 0;
}

async function resumeHeaders(url: string, part: Part, offset: number): Promise<Record<string, string>> {
  // Compressed bytes would make offsets and sizes lie.
  const plain = { 'accept-encoding': 'identity' };
  if (offset === 0) return plain;
  const origin = await part.origin();
  const validator = origin?.url === url && origin.etag ? { 'if-range': origin.etag } : {};
  return { ...plain, range: `bytes=${offset}-`, ...validator };
}

/** RFC 9110 section 13.1.5: only a strong validator may stand in If-Range. */
function strongEtag(response: Response): string | null {
  const etag = response.headers.get('etag');
  return etag?.startsWith('"') ? etag : null;
}

/** The offset at which this response's bytes belong, or why they are of no use. */
async function startOf(
  response: Response,
  { offset, content, part }: { offset: number; content: FileContent; part: Part },
): Promise<number | FetchOutcome> {
  const { status } = response;
  if (status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
    if (range && Number(range[1]) === offset && ['*', String(content.bytes)].includes(range[2] ?? ''))
      return offset;
    await part.clear();
    return { kind: 'retry', why: 'resumed at the wrong place' };
  }
  if (status === 200) {
    const length = response.headers.get('content-length');
    if (length !== null && Number(length) !== content.bytes && !response.headers.has('content-encoding'))
      return { kind: 'give-up', why: `has ${length} bytes, not ${content.bytes}` };
    if (offset > 0) await part.clear();
    return 0;
  }
  if (status === 416) {
    await part.clear();
    return { kind: 'retry', why: 'refused to resume' };
  }
  const busy = status === 408 || status === 425 || status === 429 || status >= 500;
  if (!busy) return { kind: 'give-up', why: `answered HTTP ${status}` };
  return { kind: 'retry', why: `answered HTTP ${status}`, ...retryAfter(response) };
}

function retryAfter(response: Response): { waitMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { waitMs: seconds * 1000 } : {};
}

interface AppendNeeds {
  readonly part: Part;
  readonly start: number;
  readonly content: FileContent;
  readonly touch: () => void;
  readonly onBytes: (doneBytes: number) => void;
}

async function append(
  response: Response,
  { part, start, content, touch, onBytes }: AppendNeeds,
): Promise<FetchOutcome> {
  let done = start;
  await using handle = await open(part.path, 'a');
  for await (const chunk of response.body ?? []) {
    touch();
    if (done + chunk.length > content.bytes) {
      await part.clear();
      return { kind: 'give-up', why: `sent more than ${content.bytes} bytes` };
    }
    await handle.appendFile(chunk);
    done += chunk.length;
    onBytes(done);
  }
  await handle.sync();
  return done === content.bytes ? { kind: 'complete' } : { kind: 'retry', why: 'broke off' };
}
