import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import S3rver from 's3rver';
import { type S3Settings, s3ImageStore } from '#core/image-store/s3.ts';
import { testImageStore } from '#tests/contracts/image-store.ts';

/** The one pair of keys that s3rver knows. */
const KEYS = { accessKey: 'S3RVER', secretKey: 'S3RVER' };
const KEY = 'tenant_1/char_1/photo.png';

function settingsFor(port: number): S3Settings {
  return {
    ...KEYS,
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket: 'pictures',
    forcePathStyle: true,
    checksums: 'when-required',
  };
}

async function openServer() {
  const directory = await mkdtemp(join(tmpdir(), 'idlock-s3-'));
  const configureBuckets = [{ name: 'pictures' }];
  const server = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory, configureBuckets });
  const { port } = await server.run();
  return {
    settings: settingsFor(port),
    async close() {
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

for (const checksums of ['when-required', 'when-supported'] as const) {
  testImageStore(`s3ImageStore({checksums: '${checksums}'})`, async () => {
    const { settings, close } = await openServer();
    return { store: s3ImageStore({ ...settings, checksums }), close };
  });
}

describe('s3ImageStore()', () => {
  let server: Awaited<ReturnType<typeof openServer>>;
  before(async () => {
    server = await openServer();
  });
  after(() => server.close());

  test('put() keeps the content type and the exact length on the server', async () => {
    await s3ImageStore(server.settings).put(KEY, randomBytes(70_001), 'image/webp');
    const { endpoint = '', region } = server.settings;
    const credentials = { accessKeyId: KEYS.accessKey, secretAccessKey: KEYS.secretKey };
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
    const head = await client.send(new HeadObjectCommand({ Bucket: 'pictures', Key: KEY }));
    assert.deepEqual([head.ContentType, head.ContentLength], ['image/webp', 70_001]);
  });

  test('a missing bucket is a StorageError that names the variable and is not retried', async () => {
    const store = s3ImageStore({ ...server.settings, bucket: 'nowhere' });
    const words = {
      name: 'StorageError',
      retryable: false,
      userMessage: /bucket does not exist: .* S3_BUCKET/,
    };
    await assert.rejects(store.put(KEY, randomBytes(10), 'image/png'), words);
    await assert.rejects(store.get(KEY), words);
    await assert.rejects(store.list('tenant_1/'), words);
  });

  test('keys that the server does not know are a StorageError that names the variables, not the values', async () => {
    const store = s3ImageStore({ ...server.settings, accessKey: 'AKIA-UNKNOWN', secretKey: 'hush-hush' });
    await assert.rejects(store.get(KEY), (error: Error & { retryable?: boolean }) => {
      assert.equal(error.name, 'StorageError');
      assert.equal(error.retryable, false);
      assert.match(error.message, /check S3_ACCESS_KEY, S3_SECRET_KEY/);
      assert.doesNotMatch(error.message, /AKIA|hush/);
      return true;
    });
  });
});

describe('s3ImageStore() with a server in trouble', () => {
  const away = {
    name: 'StorageError',
    retryable: true,
    userMessage: /does not answer; try again in a while/,
  };

  test('a server that is not there is retryable', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
    server.close();
    await assert.rejects(s3ImageStore(settingsFor(port)).get(KEY), away);
  });

  test('a server that takes a request and never answers is given up after the time limit', async () => {
    await withServer(
      () => undefined,
      async (settings) => {
        await assert.rejects(s3ImageStore(settings, { operationTimeoutMs: 200 }).get(KEY), away);
      },
    );
  });

  test('a server that stalls in the middle of a picture is given up after the time limit', async () => {
    await withServer(sendsHalf, async (settings) => {
      await assert.rejects(s3ImageStore(settings, { operationTimeoutMs: 200 }).get(KEY), away);
    });
  });

  test('the caller can leave in the middle of a picture', async () => {
    await withServer(sendsHalf, async (settings) => {
      const reason = new Error('the person went away');
      await assert.rejects(s3ImageStore(settings).get(KEY, abortIn(100, reason)), reason);
    });
  });

  test('a server that breaks off in the middle of a picture is retryable, not half a picture', async () => {
    const breaksOff: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write(Buffer.alloc(500), () => response.destroy());
    };
    await withServer(breaksOff, async (settings) => {
      await assert.rejects(s3ImageStore(settings).get(KEY), away);
    });
  });

  test('a 503 is tried again and then retryable', async () => {
    let requests = 0;
    const busy: RequestListener = (request, response) => {
      requests++;
      request.resume();
      response.writeHead(503).end();
    };
    await withServer(busy, async (settings) => {
      await assert.rejects(s3ImageStore(settings).put(KEY, randomBytes(10), 'image/png'), away);
    });
    assert.equal(requests, 3);
  });

  test('removeAll() that could not remove every key says so', async () => {
    const refusing: RequestListener = (request, response) => {
      request.resume();
      const page = '<ListBucketResult><Contents><Key>tenant_1/a.png</Key></Contents></ListBucketResult>';
      const refusal =
        '<DeleteResult><Error><Key>tenant_1/a.png</Key><Code>AccessDenied</Code></Error></DeleteResult>';
      response.writeHead(200, { 'content-type': 'application/xml' });
      response.end(request.method === 'GET' ? page : refusal);
    };
    await withServer(refusing, async (settings) => {
      await assert.rejects(s3ImageStore(settings).removeAll('tenant_1/'), {
        name: 'StorageError',
        userMessage: /Some pictures could not be removed/,
      });
    });
  });
});

test('s3ImageStore() lists and removes past the 1,000 keys of a page', async () => {
  const keys = new Set(Array.from({ length: 2345 }, (_, i) => `tenant_1/char_1/${i}.png`));
  await withServer(pagingServer(keys), async (settings) => {
    const store = s3ImageStore(settings);
    assert.deepEqual(new Set(await store.list('tenant_1/')), keys);
    assert.equal(await store.removeAll('tenant_1/'), 2345);
    assert.equal(keys.size, 0);
  });
});

/**
 * The two calls of S3 that page, by the API reference: 1,000 keys a list, at most 1,000 keys a delete, and a delete
 * carries a checksum of its body. s3rver cannot page: its tokens need the DES cipher that OpenSSL 3 took out.
 */
function pagingServer(keys: Set<string>): RequestListener {
  return async (request, response) => {
    const body = await text(request);
    const { searchParams } = new URL(request.url ?? '', 'http://double');
    response.setHeader('content-type', 'application/xml');
    if (request.method === 'GET') {
      const from = searchParams.get('continuation-token') ?? '';
      const left = [...keys].sort().filter((key) => key > from);
      const page = left.slice(0, 1000);
      const next = left.length > 1000 ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
      const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
      const truncated = `<IsTruncated>${left.length > 1000}</IsTruncated>`;
      return response.end(`<ListBucketResult>${truncated}${next}${contents}</ListBucketResult>`);
    }
    const named = [...body.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = '']) => key);
    const checked = 'content-md5' in request.headers || 'x-amz-checksum-crc32' in request.headers;
    if (named.length > 1000 || !checked)
      return response.writeHead(400).end('<Error><Code>Refused</Code></Error>');
    for (const key of named) keys.delete(key);
    return response.end('<DeleteResult></DeleteResult>');
  };
}

function sendsHalf(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200, { 'content-length': '1000' });
  response.write(Buffer.alloc(500));
}

function abortIn(ms: number, reason: Error): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), ms);
  return controller.signal;
}

async function withServer(
  listener: RequestListener,
  run: (settings: S3Settings) => Promise<void>,
): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server has no other kind of address
  try {
    await run(settingsFor(port));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
