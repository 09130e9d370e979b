import { createCipheriv, createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Manifest, manifestSchema } from '#models/manifest.ts';

/** Noise, the same for the same seed (AES in counter mode over zeros). */
export function sampleBytes(length: number, seed = 1): Buffer {
  const iv = Buffer.alloc(16);
  return createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), iv).update(Buffer.alloc(length));
}

export function contentOf(bytes: Buffer): { bytes: number; sha256: string } {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const SAMPLE_LICENCE = { name: 'MIT', commercial: true, url: 'https://example.org/licence' };

/** A manifest of one file `model.onnx` that holds `bytes`. */
export function samplePack(bytes: Buffer, overrides: Partial<Manifest> & { urls?: string[] } = {}): Manifest {
  const { urls = [], ...rest } = overrides;
  return manifestSchema.parse({
    name: 'sample',
    version: 1,
    title: 'A sample',
    licence: SAMPLE_LICENCE,
    arrives: 'download',
    files: [
      {
        file: 'model.onnx',
        task: 'face-embedding',
        source: { words: 'made for a test', url: 'https://example.org/model' },
        licence: 'MIT',
        content: contentOf(bytes),
        urls,
      },
    ],
    ...rest,
  });
}

/** A directory that goes away with its scope. */
export async function temporaryDir(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'idlock-models-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
