/** What a statement gave. `rows` hold JavaScript values as the `pg` driver parses them. */
export interface QueryResult<Row> {
  rows: Row[];
  rowCount: number | null;
  command: string;
}

/** A statement, or its text with what the driver is to know about it. */
export type Statement =
  | string
  | {
      readonly text: string;
      readonly values?: readonly unknown[];
      readonly name?: string;
      readonly rowMode?: 'array';
    };

export interface Notification {
  channel: string;
  payload?: string;
  processId: number;
}

/**
 * One session of the database: what `BEGIN`, `LISTEN` and `SET LOCAL` belong to. `release()` hands it back; an open
 * transaction is rolled back then.
 */
export interface DatabaseClient {
  query<Row = Record<string, unknown>>(
    statement: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  release(destroy?: boolean | Error): void;
  on(event: 'notification', listener: (notification: Notification) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  removeListener(event: 'notification', listener: (notification: Notification) => void): this;
  removeAllListeners(event?: string): this;
}

/**
 * The part of `pg.Pool` that IDLock, kysely and BullMQ use. Two make it: `pg.Pool` on a server, and `embeddedPool()`
 * over the database in process; neither caller can tell them apart.
 */
export interface DatabasePool {
  /** Runs one statement on any free session. */
  query<Row = Record<string, unknown>>(
    statement: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  connect(): Promise<DatabaseClient>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'connect', listener: (client: DatabaseClient) => void): this;
  removeAllListeners(event?: string): this;
}
