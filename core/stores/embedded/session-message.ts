import type { Statement } from '../database-pool.ts';

/** What the thread that holds the database is started with. */
export interface SessionOptions {
  /** Folder of the data files; made by Postgres when it is empty. */
  readonly dataDir: string;
  readonly searchPath: string;
  /** A `.tar.gz` of a whole data folder to start from, as `dump` gave it. */
  readonly restoreFrom?: Uint8Array;
}

/** What the session may be asked; one at a time, in order. */
export type SessionRequest =
  | { readonly kind: 'query'; readonly statement: Statement; readonly values?: readonly unknown[] }
  | { readonly kind: 'dump' }
  | { readonly kind: 'close' };

/** A result as it crosses the thread: one per statement of the text. */
export interface SessionResult {
  rows: unknown[];
  rowCount: number | null;
  command: string;
}

/** The fields of a Postgres error that callers read; `code` is the SQLSTATE. */
export interface SessionFailure {
  readonly message: string;
  readonly code?: string;
  readonly severity?: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly schema?: string;
  readonly table?: string;
  readonly column?: string;
  readonly constraint?: string;
  readonly position?: string;
  readonly where?: string;
}

export type SessionReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken'; readonly failure: SessionFailure }
  | { readonly kind: 'notification'; readonly channel: string; readonly payload: string }
  | {
      readonly kind: 'done';
      readonly id: number;
      /** Whether a transaction is open on the session after the request. */
      readonly inTransaction: boolean;
      readonly results?: SessionResult[];
      readonly dump?: Uint8Array;
      readonly failure?: SessionFailure;
    };
