import assert from 'node:assert/strict';
import { chmod, rmdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { diskError } from '#models/disk-error.ts';
import { preparePack } from '#models/prepare-pack.ts';
import { sampleBytes, samplePack, temporaryDir } from './sample-pack.ts';

test('diskError() reads a real full disk', {
  skip: process.platform !== 'linux' && '/dev/full',
}, async () => {
  const cause: unknown = await writeFile('/dev/full', 'x').catch((error: unknown) => error);
  assert.match(diskError(cause)?.userMessage ?? '', /disk of the models directory .* is full/);
});

test('diskError() leaves other errors alone', async () => {
  const cause: unknown = await rmdir('/no/such/dir').catch((error: unknown) => error);
  assert.equal(diskError(cause), undefined);
  assert.equal(diskError('a word'), undefined);
});

test('preparePack() says when the directory may not be written', async () => {
  await using dir = await temporaryDir();
  await chmod(dir.path, 0o555);
  const pack = samplePack(sampleBytes(10), { urls: ['http://127.0.0.1:1/m'] });
  // Root may write anywhere; this test file's process is nobody for a moment.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await assert.rejects(preparePack(pack, { dir: dir.path }), {
      name: 'ModelPackError',
      message: /^Cannot write to the models directory .*permission denied/,
    });
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});
