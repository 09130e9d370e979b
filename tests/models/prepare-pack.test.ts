import assert from 'node:assert/strict';
import { access, chmod, mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { ModelPackError } from '#core/errors.ts';
import { openPack } from '#models/open-pack.ts';
import { type PackProgress, preparePack } from '#models/prepare-pack.ts';
import { localServer, serveWell } from './local-server.ts';
import { contentOf, sampleBytes, samplePack, temporaryDir } from './sample-pack.ts';

const LIMITS = { stallMs: 300, attempts: 3, backoffMs: 1 };
const BYTES = sampleBytes(300_000);

test('preparePack() downloads, verifies, reports progress and leaves only the file', async () => {
  await using dir = await temporaryDir();
  await using server = await localServer(serveWell(BYTES));
  const pack = samplePack(BYTES, { urls: [`${server.url}/model.onnx`] });
  const progress: PackProgress[] = [];

  const prepared = await preparePack(pack, {
    dir: dir.path,
    limits: LIMITS,
    onProgress: (one) => progress.push(one),
  });

  assert.deepEqual(await readFile(prepared.path('model.onnx')), BYTES);
  assert.deepEqual(await readdir(join(dir.path, 'sample')), ['model.onnx']);
  assert.deepEqual(progress[0], { kind: 'licence', licence: pack.licence });
  const last = progress.at(-1);
  assert.ok(last?.kind === 'download' && last.doneBytes === BYTES.length && last.totalBytes === BYTES.length);
});

test('preparePack() asks no server when the file is there', async () => {
  await using dir = await temporaryDir();
  await using server = await localServer(serveWell(BYTES));
  const pack = samplePack(BYTES, { urls: [`${server.url}/model.onnx`] });
  await preparePack(pack, { dir: dir.path, limits: LIMITS });
  await preparePack(pack, { dir: dir.path, limits: LIMITS });
  assert.deepEqual(server.seen, ['/model.onnx -']);
});

test('preparePack() takes a file put flat in the directory by hand, also under an alternative name', async () => {
  await using dir = await temporaryDir();
  const other = sampleBytes(500, 7);
  const pack = samplePack(BYTES);
  pack.files[0]?.alternatives.push({ file: 'other.onnx', ...contentOf(other) });
  await writeFile(join(dir.path, 'other.onnx'), other);
  const prepared = await preparePack(pack, { dir: dir.path });
  assert.equal(prepared.path('model.onnx'), join(dir.path, 'other.onnx'));
});

test('preparePack() works on a read-only directory that holds the files, and leaves it as it is', async () => {
  await using dir = await temporaryDir();
  await writeFile(join(dir.path, 'model.onnx'), BYTES);
  await chmod(dir.path, 0o555);
  await preparePack(samplePack(BYTES), { dir: dir.path });
  assert.deepEqual(await readdir(dir.path), ['model.onnx']);
  await chmod(dir.path, 0o755);
});

test('preparePack() says what to put where when a file only comes by hand', async () => {
  await using dir = await temporaryDir();
  const pack = samplePack(BYTES);
  await assert.rejects(preparePack(pack, { dir: dir.path }), (error) => {
    assert.ok(error instanceof ModelPackError);
    assert.match(error.userMessage, /by hand/);
    assert.ok(error.userMessage.includes(contentOf(BYTES).sha256));
    assert.ok(!error.userMessage.includes(dir.path));
    return true;
  });
});

test('preparePack() tries mirrors in order before the publisher', async () => {
  await using dir = await temporaryDir();
  await using empty = await localServer((_, response) => response.writeHead(404).end());
  await using mirror = await localServer(serveWell(BYTES));
  await using publisher = await localServer(serveWell(BYTES));
  const pack = samplePack(BYTES, { urls: [`${publisher.url}/model.onnx`] });
  await preparePack(pack, { dir: dir.path, limits: LIMITS, mirrors: [`${empty.url}/a/`, `${mirror.url}/b`] });
  assert.deepEqual(empty.seen, ['/a/sample/model.onnx -']);
  assert.deepEqual(mirror.seen, ['/b/sample/model.onnx -']);
  assert.deepEqual(publisher.seen, []);
});

test('preparePack() asks for a non-commercial licence to be accepted, once', async () => {
  await using dir = await temporaryDir();
  const licence = { name: 'research only', commercial: false, url: 'https://example.org/terms' };
  const pack = samplePack(BYTES, { licence });
  await writeFile(join(dir.path, 'model.onnx'), BYTES);
  await assert.rejects(preparePack(pack, { dir: dir.path }), /--accept-licence/);
  await assert.rejects(openPack(pack, { dir: dir.path }), /--accept-licence/);
  await preparePack(pack, { dir: dir.path, acceptLicence: true });
  await openPack(pack, { dir: dir.path });
});

test('openPack() names a missing file and the command that brings it', async () => {
  await using dir = await temporaryDir();
  await assert.rejects(openPack(samplePack(BYTES), { dir: dir.path }), {
    name: 'ModelPackError',
    message:
      'The model pack "sample" is not ready: model.onnx is missing. Run "idlock models prepare sample".',
  });
});

test('openPack() detects damage after it once verified the file', async () => {
  await using dir = await temporaryDir();
  const path = join(dir.path, 'model.onnx');
  await writeFile(path, BYTES);
  await openPack(samplePack(BYTES), { dir: dir.path });
  const damaged = Buffer.from(BYTES);
  damaged.writeUInt8((damaged.readUInt8(1000) + 1) % 256, 1000);
  await writeFile(path, damaged);
  await assert.rejects(
    openPack(samplePack(BYTES), { dir: dir.path }),
    /damaged \(its sha256 differs\).*prepare sample/,
  );
  await writeFile(path, BYTES.subarray(0, 10));
  await assert.rejects(
    openPack(samplePack(BYTES), { dir: dir.path }),
    /damaged \(it has 10 bytes, not 300000\)/,
  );
});

test('preparePack() replaces a damaged file', async () => {
  await using dir = await temporaryDir();
  await using server = await localServer(serveWell(BYTES));
  await mkdir(join(dir.path, 'sample'));
  await writeFile(join(dir.path, 'sample', 'model.onnx'), sampleBytes(BYTES.length, 9));
  const pack = samplePack(BYTES, { urls: [`${server.url}/m`] });
  const prepared = await preparePack(pack, { dir: dir.path, limits: LIMITS });
  assert.deepEqual(await readFile(prepared.path('model.onnx')), BYTES);
});

test('preparePack() does not trust remembered hashes', async () => {
  await using dir = await temporaryDir();
  const path = join(dir.path, 'model.onnx');
  await writeFile(path, BYTES);
  await openPack(samplePack(BYTES), { dir: dir.path });
  const record = JSON.parse(await readFile(join(dir.path, '.verified.json'), 'utf8'));
  assert.equal(record[path].sha256, contentOf(BYTES).sha256);
  await writeFile(
    join(dir.path, '.verified.json'),
    JSON.stringify({ [path]: { ...record[path], sha256: 'x' } }),
  );
  await preparePack(samplePack(BYTES), { dir: dir.path });
});

test('openPack() reads an unchanged file only once', async () => {
  await using dir = await temporaryDir();
  const path = join(dir.path, 'model.onnx');
  await writeFile(path, BYTES);
  await openPack(samplePack(BYTES), { dir: dir.path });
  // A forged memory is believed as long as the file has not changed: so it was not read again.
  const record = JSON.parse(await readFile(join(dir.path, '.verified.json'), 'utf8'));
  await writeFile(
    join(dir.path, '.verified.json'),
    JSON.stringify({ [path]: { ...record[path], sha256: 'x' } }),
  );
  await assert.rejects(openPack(samplePack(BYTES), { dir: dir.path }), /sha256 differs/);
  await utimes(path, new Date(0), new Date(0));
  await openPack(samplePack(BYTES), { dir: dir.path });
});

test('preparePack() says when the disk has no room, before it downloads', async () => {
  await using dir = await temporaryDir();
  const pack = samplePack(BYTES, { urls: ['https://example.invalid/m'] });
  const [file] = pack.files;
  assert.ok(file?.content);
  file.content.bytes = 1e17;
  await assert.rejects(preparePack(pack, { dir: dir.path, limits: LIMITS }), /too full for model.onnx/);
});

test('preparePack() says when a file lies where the directory should be', async () => {
  await using dir = await temporaryDir();
  const path = join(dir.path, 'file');
  await writeFile(path, '');
  const pack = samplePack(BYTES, { urls: ['https://example.invalid/m'] });
  await assert.rejects(preparePack(pack, { dir: path, limits: LIMITS }), { name: 'ModelPackError' });
});

test('preparePack() follows a link to a model elsewhere', async () => {
  await using dir = await temporaryDir();
  await writeFile(join(dir.path, 'elsewhere'), BYTES);
  await symlink(join(dir.path, 'elsewhere'), join(dir.path, 'model.onnx'));
  await access((await preparePack(samplePack(BYTES), { dir: dir.path })).path('model.onnx'));
});
