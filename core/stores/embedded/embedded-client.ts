import { EventEmitter } from 'node:events';
import pg from 'pg';
import type { DatabaseClient, QueryResult, Statement } from '../database-pool.ts';
import type { Session } from './session.ts';
import { toError } from './session-failure.ts';
import type { SessionResult } from './session-message.ts';
import type { EndTurn, SessionTurns } from './session-turns.ts';
import { type ListenCommand, readListenCommand, type Subscriptions } from './subscriptions.ts';

export interface ClientNeeds {
  readonly session: Session;
  readonly turns: SessionTurns;
  readonly channels: Subscriptions<EventEmitter>;
}

/** A client with the members kysely and BullMQ look for on `pg.PoolClient`, and an emitter for notifications. */
export type EmbeddedClient = DatabaseClient & EventEmitter;

/**
 * Makes a client of the pool. A statement takes the session for itself; one that leaves a transaction open keeps it
 * until that transaction ends or the client is released.
 */
export function embeddedClient({ session, turns, channels }: ClientNeeds): EmbeddedClient {
  const emitter = new EventEmitter();
  let held: EndTurn | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let released = false;

  /** One statement of a client after the other, as the driver has it: `Promise.all` in a transaction is common. */
  function run(statement: Statement, values?: readonly unknown[]): Promise<SessionResult[]> {
    const result = last.then(() => runNow(statement, values));
    last = result.catch(() => undefined);
    return result;
  }

  async function runNow(statement: Statement, values?: readonly unknown[]): Promise<SessionResult[]> {
    const endTurn = held ?? (await turns.take());
    held = undefined;
    try {
      const done = await session.ask({ kind: 'query', ...portable(statement, values) });
      if (done.inTransaction) held = endTurn;
      if (done.failure) throw toError(done.failure);
      return (done.results ?? []).map((result) => ({ ...result, rows: result.rows.map(restoreBuffers) }));
    } finally {
      if (!held) endTurn();
    }
  }

  async function listen({ listen, channel }: ListenCommand): Promise<void> {
    if (held) throw new Error('Cannot LISTEN or UNLISTEN inside a transaction on the embedded database');
    const names = channel === '*' && !listen ? channels.channelsOf(emitter) : [channel];
    for (const name of names) {
      const changes = listen ? channels.add(name, emitter) : channels.remove(name, emitter);
      if (changes) await run(`${listen ? 'LISTEN' : 'UNLISTEN'} "${name.replaceAll('"', '""')}"`);
    }
  }

  async function query(statement: Statement, values?: readonly unknown[]): Promise<unknown> {
    if (released) throw new Error('Cannot query a released client');
    const command = readListenCommand(typeof statement === 'string' ? statement : statement.text);
    if (command) {
      await listen(command);
      return { rows: [], rowCount: null, command: command.listen ? 'LISTEN' : 'UNLISTEN' };
    }
    const results = await run(statement, values);
    return results.length === 1 ? results[0] : results;
  }

  function release(): void {
    if (released) return;
    released = true;
    // Never hand on an open transaction or a subscription; when the thread is gone there is nothing left to undo.
    void last
      .then(() => held && run('ROLLBACK'))
      .then(() => listen({ listen: false, channel: '*' }))
      .catch(() => undefined);
  }

  // One emitter is the client: BullMQ and kysely keep their listeners and their bookkeeping on this very object.
  return Object.assign(emitter, {
    query: query as <Row>(statement: string, values?: readonly unknown[]) => Promise<QueryResult<Row>>,
    release,
  });
}

/**
 * The statement with values that survive the thread: text, null or bytes, by the driver's own rules. A name is left
 * out, because prepared names belong to the session, which all clients share.
 */
function portable(statement: Statement, values?: readonly unknown[]) {
  const config = typeof statement === 'string' ? { text: statement } : statement;
  const given = values ?? config.values;
  const { name: _dropped, values: _moved, ...rest } = { name: undefined, values: undefined, ...config };
  return { statement: rest, ...(given && { values: given.map(toWireValue) }) };
}

function toWireValue(value: unknown): unknown {
  // @types/pg leaves out `utils`, which the driver has exported since version 2.
  const { utils } = pg as unknown as { utils: { prepareValue(value: unknown): unknown } };
  return utils.prepareValue(value);
}

/** Bytes arrive as plain `Uint8Array`; the driver's callers expect `Buffer`. */
function restoreBuffers(row: unknown): unknown {
  for (const [key, value] of Object.entries(row ?? {})) {
    if (value instanceof Uint8Array && !Buffer.isBuffer(value)) {
      Object.assign(row ?? {}, { [key]: Buffer.from(value.buffer, value.byteOffset, value.byteLength) });
    }
  }
  return row;
}
