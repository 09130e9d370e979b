import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { claimPart } from '#models/download/part.ts';
import { temporaryDir } from '../sample-pack.ts';

const ORIGIN = { sha256: 'a'.repeat(64), url: 'https://example.org/m', etag: '"v1"' };

test('claimPart() takes over what was released, with its origin', async () => {
  await using dir = await temporaryDir();
  const first = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  assert.equal(await first.origin(), null);
  await first.setOrigin(ORIGIN);
  await appendFile(first.path, 'half');
  await first.release();

  const second = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  assert.equal(await readFile(second.path, 'utf8'), 'half');
  assert.deepEqual(await second.origin(), ORIGIN);
  assert.notEqual(second.path, first.path);
});

test('claimPart() leaves alone what this process still writes', async () => {
  await using dir = await temporaryDir();
  const first = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  await first.setOrigin(ORIGIN);
  const second = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  await appendFile(first.path, 'mine');
  assert.equal(await second.sizeBytes(), 0);
});

test('claimPart() drops what is of other content or of unknown origin', async () => {
  await using dir = await temporaryDir();
  const first = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  await first.setOrigin(ORIGIN);
  await appendFile(first.path, 'old version');
  await first.release();
  const other = await claimPart(dir.path, 'm.onnx', 'b'.repeat(64));
  assert.equal(await other.sizeBytes(), 0);
  await other.discard();

  await mkdir(join(dir.path, 'm.onnx.part'));
  await writeFile(join(dir.path, 'm.onnx.part', 'content'), 'whose?');
  const fresh = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  assert.equal(await fresh.sizeBytes(), 0);
  await fresh.discard();
  assert.deepEqual(await readdir(dir.path), []);
});

test('claimPart() waits an hour for a process of another host', async () => {
  await using dir = await temporaryDir();
  const first = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  await first.setOrigin(ORIGIN);
  await appendFile(first.path, 'half');
  const elsewhere = join(dir.path, 'm.onnx.00000000-1-00000000.part');
  await rename(join(first.path, '..'), elsewhere);

  const soon = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  assert.equal(await soon.sizeBytes(), 0);
  await soon.discard();
  const longAgo = new Date(Date.now() - 61 * 60 * 1000);
  await utimes(join(elsewhere, 'content'), longAgo, longAgo);
  const later = await claimPart(dir.path, 'm.onnx', ORIGIN.sha256);
  assert.equal(await later.sizeBytes(), 4);
});

test('claimPart() leaves one of two released parts, and nothing of an empty one', async () => {
  await using dir = await temporaryDir();
  const empty = await claimPart(dir.path, 'm', 'c');
  await empty.release();
  assert.deepEqual(await readdir(dir.path), []);
  const parts = [await claimPart(dir.path, 'm', 'c'), await claimPart(dir.path, 'm', 'c')];
  for (const part of parts) {
    await appendFile(part.path, 'half');
    await part.release();
  }
  assert.deepEqual(await readdir(dir.path), ['m.part']);
});
