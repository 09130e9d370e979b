import pg from 'pg';
import type { Statement } from '../database-pool.ts';
import type { Session } from './session.ts';
import { toError } from './session-failure.ts';
import type { SessionResult } from './session-message.ts';
import type { EndTurn, SessionTurns } from './session-turns.ts';

/** The statements of one client: one after the other, each in a turn of its own or in that of the open transaction. */
export interface ClientStatements {
  /** Rejects as the driver does, with the SQLSTATE in `code`. One result per statement of the text. */
  run(statement: Statement, values?: readonly unknown[]): Promise<SessionResult[]>;
  /** Whether this client holds the session, because a transaction of it is open. */
  inTransaction(): boolean;
  /** Waits for what runs and undoes what is open. */
  abandon(): Promise<void>;
}

export function clientStatements(needs: {
  readonly session: Session;
  readonly turns: SessionTurns;
}): ClientStatements {
  let held: EndTurn | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function runNow(statement: Statement, values?: readonly unknown[]): Promise<SessionResult[]> {
    const endTurn = held ?? (await needs.turns.take());
    held = undefined;
    try {
      const done = await needs.session.ask({ kind: 'query', ...portable(statement, values) });
      if (done.inTransaction) held = endTurn;
      if (done.failure) throw toError(done.failure);
      return (done.results ?? []).map((result) => ({ ...result, rows: result.rows.map(restoreBuffers) }));
    } finally {
      if (!held) endTurn();
    }
  }

  return {
    // As the driver has it: `Promise.all` in a transaction is common.
    run(statement, values) {
      const result = last.then(() => runNow(statement, values));
      last = result.catch(() => undefined);
      return result;
    },
    inTransaction: () => held !== undefined,
    async abandon() {
      await last;
      if (held) await runNow('ROLLBACK');
    },
  };
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
