import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request; `count` is 1 for the first one to this server. */
export type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

export interface LocalServer extends AsyncDisposable {
  readonly url: string;
  /** The requests so far, as "<path> <range or ->". */
  readonly seen: string[];
}

/** Starts an HTTP server on a free loopback port that behaves as badly as its handler says. */
export async function localServer(handler: Handler): Promise<LocalServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.url} ${request.headers.range ?? '-'}`);
    handler(request, response, seen.length);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Serves `bytes` the way a good server does: whole, or from the asked offset. */
export function serveWell(bytes: Buffer, etag = '"v1"'): Handler {
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const ifRange = request.headers['if-range'];
    const partial = from > 0 && (ifRange === undefined || ifRange === etag);
    if (partial && from >= bytes.length) return void response.writeHead(416).end();
    const body = partial ? bytes.subarray(from) : bytes;
    const range = partial ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(partial ? 206 : 200, { 'content-length': body.length, etag, ...range }).end(body);
  };
}
