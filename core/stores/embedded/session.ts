import type { Worker } from 'node:worker_threads';
import { StorageError } from '../../errors.ts';
import { openWorker } from './open-worker.ts';
import { hasStopped, toError } from './session-failure.ts';
import type { SessionOptions, SessionReply, SessionRequest } from './session-message.ts';

export type SessionDone = Extract<SessionReply, { kind: 'done' }>;

/** The one real session of an embedded database, in its worker thread. Who calls `ask` must hold the turn. */
export interface Session {
  /**
   * Resolves also when the statement failed: `failure` then says why, `inTransaction` is right either way.
   *
   * @throws {StorageError} when the thread is gone or hangs.
   */
  ask(request: SessionRequest): Promise<SessionDone>;
  /** Called for each NOTIFY on a channel the session listens to. */
  onNotification(listener: (channel: string, payload: string) => void): void;
  /** Called once when the thread ended by itself, after it let go of the files. */
  onEnd(listener: (error: StorageError) => void): void;
  close(): Promise<void>;
}

/** Longest that a request may take before the thread counts as hung: far above an index build or a backup here. */
const REQUEST_TIMEOUT_MS = { query: 2 * 60_000, dump: 10 * 60_000, close: 15_000 } as const;

/**
 * Opens the database of `options.dataDir` in a thread: 2.3 s for a new folder, 0.35 s for an existing one (measured).
 *
 * @throws {StorageError} when the folder cannot be opened.
 */
export async function startSession(options: SessionOptions, signal?: AbortSignal): Promise<Session> {
  return sessionOver(await openWorker(options, signal));
}

function sessionOver(worker: Worker): Session {
  const requests = pendingRequests(worker);
  let notify: (channel: string, payload: string) => void = () => undefined;
  let announceEnd: (error: StorageError) => void = () => undefined;

  function end(cause: Error): void {
    const error = hasStopped(cause);
    if (!requests.stop(error)) return;
    void worker.terminate().finally(() => announceEnd(error)); // nobody may open the files before it is gone
  }

  worker.on('message', (reply: SessionReply) => {
    if (reply.kind === 'notification') notify(reply.channel, reply.payload);
    if (reply.kind !== 'done') return;
    requests.settle(reply);
    // A server's backend would end here (full disk, damaged file): the thread stays, but never answers again.
    if (/^(PANIC|FATAL)$/.test(reply.failure?.severity ?? '') && reply.failure) end(toError(reply.failure));
  });
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`The database thread exited with code ${code}`)));

  return {
    async ask(request) {
      const timeoutMs = REQUEST_TIMEOUT_MS[request.kind];
      const timer = setTimeout(() => end(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
      return requests.send(request).finally(() => clearTimeout(timer));
    },
    onNotification(listener) {
      notify = listener;
    },
    onEnd(listener) {
      announceEnd = listener;
    },
    async close() {
      await this.ask({ kind: 'close' }).catch(() => undefined); // a thread that is gone is closed
      requests.stop(new StorageError('The embedded database is closed.'));
      await worker.terminate();
    },
  };
}

/** Matches replies to requests by number. */
function pendingRequests(worker: Worker) {
  const waiting = new Map<number, { resolve: (done: SessionDone) => void; reject: (error: Error) => void }>();
  let stopped: StorageError | undefined;
  let nextId = 0;
  return {
    async send(request: SessionRequest): Promise<SessionDone> {
      if (stopped) throw stopped;
      const id = nextId++;
      try {
        return await new Promise<SessionDone>((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          worker.postMessage({ id, request });
        });
      } finally {
        waiting.delete(id);
      }
    },
    settle(done: SessionDone): void {
      waiting.get(done.id)?.resolve(done);
    },
    /** Rejects what waits and what comes; returns false when that was done before. */
    stop(error: StorageError): boolean {
      if (stopped) return false;
      stopped = error;
      for (const { reject } of waiting.values()) reject(error);
      return true;
    },
  };
}
