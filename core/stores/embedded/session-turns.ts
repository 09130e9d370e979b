import { StorageError } from '../../errors.ts';

/** Gives the session back; calling it again does nothing. */
export type EndTurn = () => void;

/** Hands out the one session in order of asking, so that transactions of different clients never interleave. */
export interface SessionTurns {
  take(): Promise<EndTurn>;
  /** Rejects everyone who waits, and all who come later. */
  close(reason: Error): void;
}

/**
 * Makes the queue in front of the session.
 *
 * waitMs: longest anyone waits for a turn; a transaction that is held longer is a fault of its holder.
 * @throws {StorageError} (from `take`) retryable, when the turn did not come in time.
 */
export function sessionTurns(waitMs: number): SessionTurns {
  const waiting: { readonly start: () => void; readonly fail: (error: Error) => void }[] = [];
  let busy = false;
  let closed: Error | undefined;

  function next(): void {
    const first = waiting.shift();
    if (first) first.start();
    else busy = false;
  }

  function endTurn(): EndTurn {
    let mine = true;
    return () => {
      if (mine) next();
      mine = false;
    };
  }

  return {
    async take() {
      if (closed) throw closed;
      if (!busy) {
        busy = true;
        return endTurn();
      }
      await new Promise<void>((resolve, reject) => {
        const entry = { start: () => leave(resolve), fail: (error: Error) => leave(() => reject(error)) };
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(
            new StorageError('The database is busy with another request. Try again in a moment.', {
              cause: new Error(
                `No turn within ${waitMs} ms: a transaction waits for something outside of it`,
              ),
              retryable: true,
            }),
          );
        }, waitMs);
        const leave = (then: () => void) => {
          clearTimeout(timer);
          then();
        };
        waiting.push(entry);
      });
      return endTurn();
    },
    close(reason) {
      closed = reason;
      for (const { fail } of waiting.splice(0)) fail(reason);
    },
  };
}
