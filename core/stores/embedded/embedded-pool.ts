import { EventEmitter } from 'node:events';
import { StorageError } from '../../errors.ts';
import type { DatabasePool, QueryResult } from '../database-pool.ts';
import { embeddedClient } from './embedded-client.ts';
import type { Session } from './session.ts';
import { type SessionTurns, sessionTurns } from './session-turns.ts';
import { subscriptions } from './subscriptions.ts';
import { startUpkeep } from './upkeep.ts';

export interface EmbeddedPool extends DatabasePool {
  /** A `.tar.gz` of the whole database as it is between two transactions. */
  dump(): Promise<Uint8Array>;
}

/** Longest wait for the session: a second BullMQ or pipeline transaction normally takes milliseconds. */
const TURN_WAIT_MS = 30_000;

/**
 * Makes a `pg.Pool` look-alike over one session: any number of clients that take turns.
 *
 * Differs from a server in what one session cannot have: `SET` without `LOCAL`, advisory locks and temporary tables are
 * shared by all clients, and a client must not wait for another one inside its transaction. `statement_timeout` does
 * nothing, as no signal reaches the thread; a statement without an answer for minutes ends the database instead.
 *
 * closeLast: called at the end of `end()`, after the data files are closed.
 */
export function embeddedPool(session: Session, closeLast: () => Promise<void>): EmbeddedPool {
  const emitter = new EventEmitter().setMaxListeners(0); // each BullMQ queue and worker adds one
  const turns = sessionTurns(TURN_WAIT_MS);
  const channels = subscriptions<EventEmitter>();
  let ending: Promise<void> | undefined;

  session.onNotification((channel, payload) => {
    for (const client of channels.listenersOf(channel)) {
      client.emit('notification', { channel, payload, processId: 0 });
    }
  });
  session.onEnd((error) => {
    stopUpkeep();
    turns.close(error);
    // An 'error' without a listener would end the process; those who use the pool hear of it by their own query.
    void closeLast().finally(() => emitter.listenerCount('error') > 0 && emitter.emit('error', error));
  });

  async function connect() {
    if (ending) throw new StorageError('The embedded database is closed.');
    const client = embeddedClient({ session, turns, channels });
    emitter.emit('connect', client);
    return client;
  }

  async function query<Row>(statement: string, values?: readonly unknown[]): Promise<QueryResult<Row>> {
    const client = await connect();
    try {
      return await client.query<Row>(statement, values);
    } finally {
      client.release();
    }
  }

  const stopUpkeep = startUpkeep({ query });

  async function end(): Promise<void> {
    stopUpkeep();
    const endTurn = await turns.take().catch(() => undefined); // let the running transaction finish
    turns.close(new StorageError('The embedded database is closed.'));
    await session.close();
    endTurn?.();
    await closeLast();
  }

  return Object.assign(emitter, {
    options: { keepAlive: true, max: Number.POSITIVE_INFINITY },
    connect,
    query,
    dump: () => dumpBetweenTurns(session, turns),
    end: () => {
      ending ??= end();
      return ending;
    },
  });
}

async function dumpBetweenTurns(session: Session, turns: SessionTurns): Promise<Uint8Array> {
  const endTurn = await turns.take();
  try {
    const { dump, failure } = await session.ask({ kind: 'dump' });
    if (dump) return dump;
    throw new StorageError('The backup could not be made. The log says why.', { cause: failure });
  } finally {
    endTurn();
  }
}
