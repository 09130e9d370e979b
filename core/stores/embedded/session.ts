import { Worker } from 'node:worker_threads';
import { StorageError } from '../../errors.ts';
import type { SessionFailure, SessionOptions, SessionReply, SessionRequest } from './session-message.ts';

export type SessionDone = Extract<SessionReply, { kind: 'done' }>;

/** The one real session of an embedded database, in its worker thread. Who calls `ask` must hold the turn. */
export interface Session {
  /** Resolves also when the statement failed: `failure` then says why, `inTransaction` is right either way. */
  ask(request: SessionRequest): Promise<SessionDone>;
  /** Called for each NOTIFY on a channel the session listens to. */
  onNotification(listener: (channel: string, payload: string) => void): void;
  /** Called once when the thread is gone, however it went. */
  onEnd(listener: (error: StorageError) => void): void;
  close(): Promise<void>;
}

/** Longest that one request may take before the thread counts as hung: far above any index build of this size. */
const REQUEST_TIMEOUT_MS = 5 * 60_000;
const OPEN_TIMEOUT_MS = 2 * 60_000;
const CLOSE_TIMEOUT_MS = 15_000;

/**
 * Starts the thread that holds the database and waits until it answers: 2.3 s on a new folder, 0.35 s on an existing
 * one (infra measurement).
 *
 * @throws {StorageError} when the folder cannot be opened.
 */
export async function startSession(options: SessionOptions, signal?: AbortSignal): Promise<Session> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./session-worker.ts', import.meta.url), { workerData: options });
  const waiting = new Map<number, { resolve: (done: SessionDone) => void; reject: (error: Error) => void }>();
  let notify: (channel: string, payload: string) => void = () => undefined;
  let announceEnd: (error: StorageError) => void = () => undefined;
  let ended: StorageError | undefined;
  let nextId = 0;

  function end(cause: unknown): void {
    if (ended) return;
    ended = new StorageError(
      'The embedded database has stopped. Start idlock again; what was confirmed is kept.',
      { cause, retryable: true },
    );
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    const error = ended;
    void worker.terminate().finally(() => announceEnd(error)); // nobody may open the files before it is gone
  }

  function receive(reply: SessionReply): void {
    if (reply.kind === 'notification') notify(reply.channel, reply.payload);
    if (reply.kind !== 'done') return;
    waiting.get(reply.id)?.resolve(reply);
    waiting.delete(reply.id);
  }

  await opened(worker, signal).catch((error: unknown) => {
    void worker.terminate();
    throw error;
  });
  worker.on('message', receive);
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`The database thread exited with code ${code}`)));

  async function ask(request: SessionRequest, timeoutMs = REQUEST_TIMEOUT_MS): Promise<SessionDone> {
    if (ended) throw ended;
    const id = nextId++;
    const timer = setTimeout(() => end(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
    try {
      return await new Promise<SessionDone>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, request });
      });
    } finally {
      clearTimeout(timer);
      waiting.delete(id);
    }
  }

  return {
    ask: (request) => ask(request),
    onNotification: (listener) => {
      notify = listener;
    },
    onEnd: (listener) => {
      announceEnd = listener;
    },
    async close() {
      announceEnd = () => undefined;
      await ask({ kind: 'close' }, CLOSE_TIMEOUT_MS).catch(() => undefined);
      ended ??= new StorageError('The embedded database is closed.');
      await worker.terminate();
    },
  };
}

/** Resolves when the thread reports that the database is open. */
function opened(worker: Worker, signal?: AbortSignal): Promise<void> {
  const deadline = AbortSignal.timeout(OPEN_TIMEOUT_MS);
  const stop = signal ? AbortSignal.any([signal, deadline]) : deadline;
  return new Promise((resolve, reject) => {
    const onAbort = () => settle(() => reject(stop.reason));
    const onError = (error: Error) => settle(() => reject(cannotOpen(error)));
    const onExit = (code: number) => settle(() => reject(cannotOpen(new Error(`exit code ${code}`))));
    const onMessage = (reply: SessionReply) => {
      if (reply.kind === 'ready') settle(resolve);
      if (reply.kind === 'broken') settle(() => reject(cannotOpen(toError(reply.failure))));
    };
    function settle(then: () => void): void {
      stop.removeEventListener('abort', onAbort);
      worker.off('error', onError).off('exit', onExit).off('message', onMessage);
      then();
    }
    stop.addEventListener('abort', onAbort);
    worker.on('error', onError).on('exit', onExit).on('message', onMessage);
  });
}

function cannotOpen(cause: Error & { code?: string }): StorageError {
  const text = `${cause.code ?? ''} ${cause.message}`;
  if (/ENOSPC|No space left/i.test(text)) {
    return new StorageError('No space is left on the disk of the database. Free some, then start again.', {
      cause,
      retryable: true,
    });
  }
  return new StorageError(
    'The embedded database cannot be opened: its files are damaged or of another version. Restore a backup, or move the folder away to start anew.',
    { cause },
  );
}

/** Makes the error of a failed statement: as the driver throws it, with the SQLSTATE in `code`. */
export function toError(failure: SessionFailure): Error & SessionFailure {
  return Object.assign(new Error(failure.message), failure);
}
