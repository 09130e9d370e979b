import { EventEmitter } from 'node:events';
import type { DatabaseClient, QueryResult, Statement } from '../database-pool.ts';
import { clientStatements } from './client-statements.ts';
import type { Session } from './session.ts';
import type { SessionTurns } from './session-turns.ts';
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
  const statements = clientStatements({ session, turns });
  let released = false;

  async function listen({ listen, channel }: ListenCommand): Promise<void> {
    if (statements.inTransaction()) {
      throw new Error('Cannot LISTEN or UNLISTEN inside a transaction on the embedded database');
    }
    if (!listen) return channels.remove(channel, emitter);
    channels.add(channel, emitter);
    await statements.run(`LISTEN "${channel.replaceAll('"', '""')}"`);
  }

  async function query(statement: Statement, values?: readonly unknown[]): Promise<unknown> {
    if (released) throw new Error('Cannot query a released client');
    const command = readListenCommand(typeof statement === 'string' ? statement : statement.text);
    if (command) {
      await listen(command);
      return { rows: [], rowCount: null, command: command.listen ? 'LISTEN' : 'UNLISTEN' };
    }
    const results = await statements.run(statement, values);
    return results.length === 1 ? results[0] : results;
  }

  function release(): void {
    released = true;
    channels.remove('*', emitter);
    // Never hand on an open transaction; when the thread is gone there is nothing left to undo.
    void statements.abandon().catch(() => undefined);
  }

  // One emitter is the client: BullMQ and kysely keep their listeners and their bookkeeping on this very object.
  return Object.assign(emitter, {
    query: query as <Row>(statement: string, values?: readonly unknown[]) => Promise<QueryResult<Row>>,
    release,
  });
}
