import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { preparePack } from '#models/prepare-pack.ts';
import { localServer, serveWell } from './local-server.ts';
import { sampleBytes, samplePack, temporaryDir } from './sample-pack.ts';

const BYTES = sampleBytes(3_000_000);

function prepareInChild(dir: string, url: string) {
  const script = fileURLToPath(import.meta.resolve('./prepare-in-child.ts'));
  return spawn(process.execPath, [script, dir, url, String(BYTES.length)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test('preparePack() resumes what a killed process left', async () => {
  await using dir = await temporaryDir();
  const half = BYTES.length / 2;
  await using server = await localServer((request, response, count) => {
    if (count > 1) return serveWell(BYTES)(request, response, count);
    response.writeHead(200, { 'content-length': BYTES.length, etag: '"v1"' }).write(BYTES.subarray(0, half));
  });
  const child = prepareInChild(dir.path, `${server.url}/m`);
  for await (const line of createInterface(child.stdout)) if (Number(line) === half) child.kill('SIGKILL');
  assert.equal(child.signalCode ?? (await once(child, 'exit'))[1], 'SIGKILL');

  const pack = samplePack(BYTES, { urls: [`${server.url}/m`] });
  const prepared = await preparePack(pack, { dir: dir.path });

  assert.deepEqual(server.seen, ['/m -', `/m bytes=${half}-`]);
  assert.deepEqual(await readFile(prepared.path('model.onnx')), BYTES);
  assert.deepEqual(await readdir(join(dir.path, 'sample')), ['model.onnx']);
});

test('preparePack() in four processes at once ends with one whole file', async () => {
  await using dir = await temporaryDir();
  await using server = await localServer(serveWell(BYTES));
  const children = [1, 2, 3, 4].map(() => prepareInChild(dir.path, `${server.url}/m`));
  for (const child of children) child.stdout.resume();
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
  assert.deepEqual(codes, [0, 0, 0, 0]);
  assert.deepEqual(await readdir(join(dir.path, 'sample')), ['model.onnx']);
  assert.deepEqual(await readFile(join(dir.path, 'sample', 'model.onnx')), BYTES);
});

test('preparePack() many times at once in one process ends with one whole file', async () => {
  await using dir = await temporaryDir();
  await using server = await localServer(serveWell(BYTES));
  const pack = samplePack(BYTES, { urls: [`${server.url}/m`] });
  await Promise.all([1, 2, 3, 4].map(() => preparePack(pack, { dir: dir.path })));
  assert.deepEqual(await readdir(join(dir.path, 'sample')), ['model.onnx']);
  assert.deepEqual(await readFile(join(dir.path, 'sample', 'model.onnx')), BYTES);
});
