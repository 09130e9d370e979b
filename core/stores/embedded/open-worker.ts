import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { cannotOpen, toError } from './session-failure.ts';
import type { SessionOptions, SessionReply } from './session-message.ts';

/** A new data folder takes 2.3 s and recovery after a kill under 1 s (measured); a slow disk may need far more. */
const OPEN_TIMEOUT_MS = 2 * 60_000;

/**
 * V8 frees the code of WebAssembly functions that it compiled anew, and now and then ends the process on the way
 * ("Check failed: jit_page_->allocations_.erase(addr) == 1" in UnregisterWasmAllocation, seen once in our test runs of
 * PGlite here; nodejs/node#64500). Kept code costs a few megabytes.
 */
const KEEP_WASM_CODE = '--no-wasm-code-gc';

/**
 * Starts the thread that holds the database; resolves when it reports that the database is open.
 *
 * @throws {StorageError} when the folder cannot be opened.
 */
export async function openWorker(options: SessionOptions, signal?: AbortSignal): Promise<Worker> {
  signal?.throwIfAborted();
  setFlagsFromString(KEEP_WASM_CODE);
  const worker = new Worker(new URL('./session-worker.ts', import.meta.url), { workerData: options });
  const deadline = AbortSignal.timeout(OPEN_TIMEOUT_MS);
  try {
    await isOpen(worker, signal ? AbortSignal.any([signal, deadline]) : deadline);
  } catch (error) {
    await worker.terminate();
    throw deadline.aborted ? cannotOpen(new Error(`Not open after ${OPEN_TIMEOUT_MS} ms`)) : error;
  }
  return worker;
}

function isOpen(worker: Worker, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => settle(() => reject(stop.reason));
    const onError = (error: Error) => settle(() => reject(cannotOpen(error)));
    const onExit = (code: number) => settle(() => reject(cannotOpen(new Error(`Exit code ${code}`))));
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
