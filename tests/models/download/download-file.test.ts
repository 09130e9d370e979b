import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { downloadFile } from '#models/download/download-file.ts';
import { type Handler, localServer, serveWell } from '../local-server.ts';
import { contentOf, sampleBytes, temporaryDir } from '../sample-pack.ts';

const BYTES = sampleBytes(400_000);
const LIMITS = { stallMs: 300, attempts: 3, backoffMs: 1 };

/** Sends the first 100,000 of `bytes`, and breaks off once the client has them. */
type BreakOff = (response: ServerResponse, bytes: Buffer) => void;
type Misbehave = (...asked: [...Parameters<Handler>, BreakOff]) => void;

/** Downloads BYTES from a server with this handler; says what was asked and what lies there afterwards. */
async function download(
  handler: Misbehave,
  { urls, signal = new AbortController().signal }: { urls?: string[]; signal?: AbortSignal } = {},
) {
  await using dir = await temporaryDir();
  const arrived = new EventEmitter();
  const breakOff: BreakOff = (response, bytes) => {
    arrived.once('100000', () => response.destroy());
    response
      .writeHead(200, { 'content-length': BYTES.length, etag: '"v1"' })
      .write(bytes.subarray(0, 100_000));
  };
  await using server = await localServer((...asked) => handler(...asked, breakOff));
  const target = {
    dir: dir.path,
    file: 'm.onnx',
    content: contentOf(BYTES),
    urls: urls ?? [`${server.url}/m`],
  };
  const onBytes = (done: number) => void arrived.emit(String(done));
  const failure = await downloadFile(target, { signal, limits: LIMITS, onBytes }).then(
    () => null,
    (error: unknown) => error,
  );
  const left = await readdir(dir.path);
  const whole = left.includes('m.onnx') && (await readFile(join(dir.path, 'm.onnx'))).equals(BYTES);
  return { failure, left, whole, seen: server.seen };
}

test('downloadFile() resumes where a truncating server broke off', async () => {
  const well = serveWell(BYTES);
  const { whole, seen, left } = await download((request, response, count, breakOff) => {
    if (count > 1) return well(request, response, count);
    breakOff(response, BYTES);
  });
  assert.ok(whole);
  assert.deepEqual(seen, ['/m -', '/m bytes=100000-']);
  assert.deepEqual(left, ['m.onnx']);
});

test('downloadFile() starts over when the content changed between two tries', async () => {
  const well = serveWell(BYTES, '"v2"');
  const { whole, seen } = await download((request, response, count, breakOff) => {
    if (count > 1) return well(request, response, count);
    breakOff(response, sampleBytes(100_000, 5));
  });
  assert.ok(whole);
  assert.equal(seen.length, 2);
});

test('downloadFile() starts over when the server ignores Range', async () => {
  const { whole } = await download((_, response, count, breakOff) => {
    if (count === 1) return breakOff(response, BYTES);
    response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES);
  });
  assert.ok(whole);
});

test('downloadFile() recovers when wrong bytes of a first try were resumed', async () => {
  const well = serveWell(BYTES);
  const { whole, seen } = await download((request, response, count, breakOff) => {
    if (count > 1) return well(request, response, count);
    breakOff(response, sampleBytes(100_000, 5));
  });
  assert.ok(whole);
  assert.deepEqual(seen, ['/m -', '/m bytes=100000-', '/m -']);
});

test('downloadFile() refuses and deletes corrupt content, and says so', async () => {
  const { failure, left } = await download(serveWell(sampleBytes(BYTES.length, 2)));
  assert.match(String(failure), /sent other content \(its sha256 differs\), which was deleted/);
  assert.ok(!left.includes('m.onnx'));
});

test('downloadFile() does not read a file of another size', async () => {
  const { failure, seen } = await download(serveWell(BYTES.subarray(0, 1000)));
  assert.match(String(failure), /has 1000 bytes, not 400000/);
  assert.equal(seen.length, 1);
});

test('downloadFile() stops a server that sends more than it should', async () => {
  const { failure } = await download((_, response) => {
    response.writeHead(200, { 'transfer-encoding': 'chunked' });
    const more = () => void (response.destroyed || response.write(BYTES, more));
    more();
  });
  assert.match(String(failure), /sent more than 400000 bytes/);
});

test('downloadFile() asks again after a stall and gives up after three', async () => {
  const well = serveWell(BYTES);
  const stalled = await download((request, response, count) => {
    if (count > 1) return well(request, response, count);
    response.writeHead(200, { 'content-length': BYTES.length }).write(BYTES.subarray(0, 1000));
  });
  assert.ok(stalled.whole);
  const dead = await download(() => {});
  assert.match(String(dead.failure), /sent nothing for 0.3 s, 3 times/);
  assert.equal(dead.seen.length, 3);
});

test('downloadFile() retries 503 and not 404', async () => {
  const well = serveWell(BYTES);
  const busy = await download((request, response, count) =>
    count > 2 ? well(request, response, count) : response.writeHead(503, { 'retry-after': '0' }).end(),
  );
  assert.ok(busy.whole);
  const absent = await download((_, response) => response.writeHead(404).end());
  assert.match(String(absent.failure), /answered HTTP 404/);
  assert.equal(absent.seen.length, 1);
});

test('downloadFile() follows redirects on the same loopback host', async () => {
  const well = serveWell(BYTES);
  const { whole, seen } = await download((request, response, count) =>
    request.url === '/there'
      ? well(request, response, count)
      : response.writeHead(302, { location: '/there' }).end(),
  );
  assert.ok(whole);
  assert.deepEqual(seen, ['/m -', '/there -']);
});

test('downloadFile() refuses a redirect to plain http elsewhere and one without end', async () => {
  const away = await download((_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
  );
  assert.match(String(away.failure), /redirects to an address that is not https/);
  const file = await download((_, response) =>
    response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  );
  assert.match(String(file.failure), /redirects to an address that is not https/);
  const loop = await download((_, response) => response.writeHead(302, { location: '/again' }).end());
  assert.match(String(loop.failure), /redirects more than 5 times/);
  assert.equal(loop.seen.length, 6);
});

test('downloadFile() starts over when the server refuses to resume', async () => {
  const { whole, seen } = await download((request, response, count, breakOff) => {
    if (request.headers.range) return void response.writeHead(416).end();
    if (count === 1) return breakOff(response, BYTES);
    response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES);
  });
  assert.ok(whole);
  assert.deepEqual(seen, ['/m -', '/m bytes=100000-', '/m -']);
});

test('downloadFile() starts over when the server resumes at the wrong place', async () => {
  const { whole } = await download((request, response, count, breakOff) => {
    const wrong = { 'content-range': `bytes 5-${BYTES.length - 1}/${BYTES.length}` };
    if (request.headers.range) return void response.writeHead(206, wrong).end(BYTES.subarray(5));
    if (count === 1) return breakOff(response, BYTES);
    response.writeHead(200, { 'content-length': BYTES.length }).end(BYTES);
  });
  assert.ok(whole);
});

test('downloadFile() goes on to the next address and names each failure', async () => {
  await using good = await localServer(serveWell(BYTES));
  const { whole } = await download(() => {}, { urls: ['http://127.0.0.1:1/m', `${good.url}/m`] });
  assert.ok(whole);
  const { failure } = await download(() => {}, { urls: ['http://127.0.0.1:1/m', 'http://127.0.0.1:2/m'] });
  assert.match(String(failure), /127.0.0.1:1 .*broke off, 3 times; 127.0.0.1:2 /);
});

test('downloadFile() stops at once when aborted and keeps what it has', async () => {
  const controller = new AbortController();
  const { failure, left } = await download(
    (_, response) => {
      response.writeHead(200, { 'content-length': BYTES.length, etag: '"v1"' });
      response.write(BYTES.subarray(0, 100_000), () => setTimeout(() => controller.abort(), 50));
    },
    { signal: controller.signal },
  );
  assert.ok(failure instanceof Error && failure.name === 'AbortError');
  assert.deepEqual(left, ['m.onnx.part']);
});
