import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { vector } from '@electric-sql/pglite-pgvector';
import pg from 'pg';
import type {
  SessionFailure,
  SessionOptions,
  SessionReply,
  SessionRequest,
  SessionResult,
} from './session-message.ts';

// The database lives in a thread of its own: PGlite settles in microtasks only, so on the main thread a polling loop
// would starve timers and sockets for good, and an index build would freeze the process.

/**
 * PGlite's defaults for one session, with less memory and disk: 128 MB of buffers copy what the system caches anyway
 * (measured: 825 -> 504 MB resident after 20 MB of inserts), and 1 GB of log is the size of no database here.
 */
const START_PARAMS = ['-c', 'shared_buffers=16MB', '-c', 'min_wal_size=32MB', '-c', 'max_wal_size=64MB'];

/**
 * A single-session Postgres never makes checkpoints by itself: its log would grow until the disk is full, and recovery
 * after a kill with it (measured: 177 MB of log after 180 MB of inserts).
 */
const CHECKPOINT_IF_DUE = `do $$ begin
  if pg_current_wal_insert_lsn() - (select redo_lsn from pg_control_checkpoint()) > 48 * 1024 * 1024 then
    execute 'checkpoint';
  end if;
end $$`;
/** Asking takes about 0.2 ms. */
const STATEMENTS_BETWEEN_CHECKS = 500;

const FAILURE_FIELDS = [
  'code',
  'severity',
  'detail',
  'hint',
  'schema',
  'table',
  'column',
  'constraint',
  'position',
  'where',
] as const;

async function openDatabase({ dataDir, searchPath, restoreFrom }: SessionOptions, port: MessagePort) {
  const database = await PGlite.create({
    dataDir,
    extensions: { vector },
    startParams: [...PGlite.defaultStartParams, ...START_PARAMS],
    ...(restoreFrom && { loadDataDir: new Blob([new Uint8Array(restoreFrom)]) }),
  });
  // The real driver over the in-process wire: parameters, types and errors are those of a server.
  const client = new pg.Client(createPgConfig(database) as unknown as pg.ClientConfig); // its connection is a look-alike
  await client.connect();
  await client.query("select set_config('search_path', $1, false)", [searchPath]);
  database.onNotification((channel, payload) => post(port, { kind: 'notification', channel, payload }));
  return { database, client };
}

type Opened = Awaited<ReturnType<typeof openDatabase>>;

async function answer(
  request: SessionRequest,
  { database, client }: Opened,
): Promise<{ results?: SessionResult[]; dump?: Uint8Array }> {
  if (request.kind === 'query') {
    // @types/pg wants mutable values and knows no union of text and config; the driver takes both.
    const answered: unknown = await client.query(
      request.statement as string,
      request.values as unknown[] | undefined,
    );
    const results = Array.isArray(answered) ? answered : [answered];
    return { results: results.map(({ rows, rowCount, command }) => ({ rows, rowCount, command })) };
  }
  if (request.kind === 'dump') {
    const dump = await database.dumpDataDir('gzip');
    return { dump: new Uint8Array(await dump.arrayBuffer()) };
  }
  await client.end();
  await database.close();
  return {};
}

/** Numbers that the WebAssembly file system throws. Source: WASI errno, github.com/WebAssembly/WASI preview1. */
const FILE_ERRORS: Readonly<Record<number, string>> = {
  2: 'EACCES',
  19: 'EDQUOT',
  51: 'ENOSPC',
  63: 'EPERM',
  69: 'EROFS',
};

/** Errors lose their class and own fields on the way through the thread, so the fields travel by name. */
function toFailure(error: unknown): SessionFailure {
  const fields = (error ?? {}) as Record<string, unknown>; // whatever was thrown, read by name only
  if (typeof fields.errno === 'number') {
    const code = FILE_ERRORS[fields.errno] ?? 'EIO';
    return { message: `${code} (file system error ${fields.errno})`, code };
  }
  const failure: Record<string, string> = { message: String(fields.message ?? error) };
  for (const field of FAILURE_FIELDS) {
    if (typeof fields[field] === 'string') failure[field] = fields[field];
  }
  return failure as unknown as SessionFailure; // `message` is set above
}

function post(port: MessagePort, reply: SessionReply): void {
  port.postMessage(reply);
}

/** Counts statements; the check runs between transactions. */
function checkpoints({ client }: Opened): () => void {
  let statements = 0;
  return () => {
    if (++statements < STATEMENTS_BETWEEN_CHECKS || client.getTransactionStatus() !== 'I') return;
    statements = 0;
    // A full disk fails the next statement too, which then says so to somebody.
    client.query(CHECKPOINT_IF_DUE).catch(() => undefined);
  };
}

async function main(port: MessagePort, options: SessionOptions): Promise<void> {
  const opened = await openDatabase(options, port);
  const checkpointIfDue = checkpoints(opened);
  port.on('message', async ({ id, request }: { id: number; request: SessionRequest }) => {
    const done = await answer(request, opened).catch((error: unknown) => ({ failure: toFailure(error) }));
    const inTransaction = 'TE'.includes(opened.client.getTransactionStatus() ?? 'I');
    post(port, { kind: 'done', id, inTransaction, ...done });
    if (request.kind === 'query') checkpointIfDue();
  });
  post(port, { kind: 'ready' });
}

if (parentPort) {
  const port = parentPort;
  main(port, workerData as SessionOptions).catch((error: unknown) =>
    post(port, { kind: 'broken', failure: toFailure(error) }),
  );
}
