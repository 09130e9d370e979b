import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { IdlockError, StorageError } from '../errors.ts';
import { checkImageKey, checkImagePrefix } from './image-key.ts';
import { imageNotFound } from './image-not-found.ts';
import type { ImageStore } from './image-store.ts';
import { s3Failure } from './s3-failure.ts';

export interface S3Settings {
  /** Undefined means AWS itself. */
  readonly endpoint?: string | undefined;
  readonly region: string;
  readonly bucket: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** Bucket in the path instead of the host name: what most servers other than AWS want. */
  readonly forcePathStyle: boolean;
  /** Whether to send the checksums that AWS added in 2025 and many other servers refuse. */
  readonly checksums: 'when-supported' | 'when-required';
}

/** A 20 MB photo over 10 Mbit/s takes 16 s; the limit covers one operation with its retries. */
const OPERATION_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 5_000;

/** Keeps images in one bucket of AWS S3 or any server that speaks its API. Nothing is opened until the first call. */
export function s3ImageStore(
  settings: S3Settings,
  { operationTimeoutMs = OPERATION_TIMEOUT_MS }: { readonly operationTimeoutMs?: number } = {},
): ImageStore {
  const client = s3Client(settings);
  const Bucket = settings.bucket;

  const call = <Result>(
    signal: AbortSignal | undefined,
    operation: (signal: AbortSignal) => Promise<Result>,
  ) => withinLimit(operationTimeoutMs, signal, operation);

  return {
    async put(key, bytes, type, signal) {
      checkImageKey(key);
      // Whole bytes, never a stream: a stream is sent chunk-framed, and some servers store the framing.
      const input = { Bucket, Key: key, Body: bytes, ContentType: type, ContentLength: bytes.length };
      await call(signal, (abortSignal) => client.send(new PutObjectCommand(input), { abortSignal }));
    },

    async get(key, signal) {
      checkImageKey(key);
      return call(signal, (abortSignal) => readObject(client, { Bucket, Key: key }, abortSignal));
    },

    async list(prefix, signal) {
      checkImagePrefix(prefix);
      return call(signal, async (abortSignal) => {
        const found: string[] = [];
        for await (const keys of pages(client, { Bucket, Prefix: prefix }, abortSignal)) found.push(...keys);
        return found;
      });
    },

    async removeAll(prefix, signal) {
      checkImagePrefix(prefix);
      return call(signal, (abortSignal) => removeBelow(client, { Bucket, Prefix: prefix }, abortSignal));
    },

    locate: (key) => `s3://${Bucket}/${checkImageKey(key)}`,
  };
}

function s3Client(settings: S3Settings): S3Client {
  const checksums = settings.checksums === 'when-required' ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED';
  return new S3Client({
    ...(settings.endpoint ? { endpoint: settings.endpoint } : {}),
    region: settings.region,
    credentials: { accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey },
    forcePathStyle: settings.forcePathStyle,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS },
  });
}

async function readObject(
  client: S3Client,
  object: { readonly Bucket: string; readonly Key: string },
  abortSignal: AbortSignal,
): Promise<Uint8Array> {
  const { Body } = await client
    .send(new GetObjectCommand(object), { abortSignal })
    .catch((error: unknown) => {
      throw isMissing(error) ? imageNotFound(object.Key, error) : error;
    });
  if (!Body) throw new StorageError('The image store sent no picture; try again', { retryable: true });
  return Body.transformToByteArray();
}

/** Runs one operation under the caller's signal and the time limit; a caller's abort is passed on as it is. */
async function withinLimit<Result>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  operation: (abortSignal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    return await operation(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof IdlockError ? error : s3Failure(error);
  }
}

/** Keys below a prefix, up to 1,000 at a time. */
async function* pages(
  client: S3Client,
  below: { readonly Bucket: string; readonly Prefix: string },
  abortSignal: AbortSignal,
): AsyncGenerator<string[]> {
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, below, { abortSignal })) {
    yield Contents.flatMap(({ Key }) => Key ?? []);
  }
}

/** Removes page by page, as a request to delete also holds at most 1,000 keys. */
async function removeBelow(
  client: S3Client,
  below: { readonly Bucket: string; readonly Prefix: string },
  abortSignal: AbortSignal,
): Promise<number> {
  let removed = 0;
  for await (const keys of pages(client, below, abortSignal)) {
    await removeObjects(client, below.Bucket, keys, abortSignal);
    removed += keys.length;
  }
  return removed;
}

async function removeObjects(
  client: S3Client,
  Bucket: string,
  keys: readonly string[],
  abortSignal: AbortSignal,
): Promise<void> {
  if (keys.length === 0) return;
  const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete }), { abortSignal });
  if (Errors.length > 0) {
    const cause = new Error(`Could not delete ${Errors.length} objects: ${Errors[0]?.Code}`);
    throw new StorageError('Some pictures could not be removed; try again', { cause, retryable: true });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchKey';
}
