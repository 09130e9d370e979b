import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { isOutdatedBuild } from '#models/built-record.ts';
import type { Manifest } from '#models/manifest.ts';
import { openPack } from '#models/open-pack.ts';
import { type PackProgress, preparePack } from '#models/prepare-pack.ts';
import type { BuildPack } from '#models/prepared-pack.ts';
import { sampleBytes, samplePack, temporaryDir } from './sample-pack.ts';

const BYTES = sampleBytes(10_000);

/** A pack of one built file, whose content no manifest knows. */
function builtPack(overrides: Partial<Manifest> = {}): Manifest {
  const { content: _, ...file } = samplePack(BYTES).files[0] ?? assert.fail('the sample has a file');
  return samplePack(BYTES, { arrives: 'built', files: [file], ...overrides });
}

const build: BuildPack = async (outDir, { onProgress }) => {
  await writeFile(join(outDir, 'model.onnx'), BYTES);
  onProgress(1, 1);
};

test('preparePack() builds once, and says how far it is', async () => {
  await using dir = await temporaryDir();
  const progress: PackProgress[] = [];
  const onProgress = (one: PackProgress) => void progress.push(one);
  const prepared = await preparePack(builtPack(), { dir: dir.path, build, onProgress });
  assert.deepEqual(await readFile(prepared.path('model.onnx')), BYTES);
  assert.deepEqual(progress.at(-1), { kind: 'build', done: 1, total: 1 });
  assert.deepEqual((await readdir(dir.path)).sort(), ['.verified.json', 'sample']);
  await preparePack(builtPack(), { dir: dir.path, build: () => assert.fail('built twice') });
});

test('preparePack() builds again when a file is damaged or the pack has a new version', async () => {
  await using dir = await temporaryDir();
  const { path } = await preparePack(builtPack(), { dir: dir.path, build });
  await writeFile(path('model.onnx'), 'damage');
  await assert.rejects(openPack(builtPack(), { dir: dir.path }), /damaged.*prepare sample/);
  await preparePack(builtPack(), { dir: dir.path, build });
  await openPack(builtPack(), { dir: dir.path });

  await assert.rejects(openPack(builtPack({ version: 2 }), { dir: dir.path }), /damaged \(another version/);
  await preparePack(builtPack({ version: 2 }), { dir: dir.path, build });
  await openPack(builtPack({ version: 2 }), { dir: dir.path });
});

test('isOutdatedBuild() knows an older build from a damaged file', async () => {
  await using dir = await temporaryDir();
  const { path, dir: packDir } = await preparePack(builtPack(), { dir: dir.path, build });
  assert.equal(await isOutdatedBuild(packDir, builtPack()), false);
  await writeFile(path('model.onnx'), 'damage');
  assert.equal(await isOutdatedBuild(packDir, builtPack()), false);
  assert.equal(await isOutdatedBuild(packDir, builtPack({ version: 2 })), true);
  const other = samplePack(sampleBytes(20_000), { arrives: 'built' });
  assert.equal(await isOutdatedBuild(packDir, other), true);
  assert.equal(await isOutdatedBuild(join(dir.path, 'nothing'), other), false);
});

test('preparePack() leaves nothing of a build that failed or was aborted', async () => {
  await using dir = await temporaryDir();
  const failing: BuildPack = async (outDir) => {
    await writeFile(join(outDir, 'model.onnx'), 'half');
    throw new Error('no weights');
  };
  await assert.rejects(preparePack(builtPack(), { dir: dir.path, build: failing }), /no weights/);
  const signal = AbortSignal.abort();
  await assert.rejects(preparePack(builtPack(), { dir: dir.path, build, signal }), { name: 'AbortError' });
  assert.deepEqual(await readdir(join(dir.path, 'sample')), []);
  assert.deepEqual(await readdir(dir.path), ['sample']);
});

test('preparePack() sweeps what a killed build left', async () => {
  await using dir = await temporaryDir();
  const left = join(dir.path, 'sample.00000000-1-00000000.building');
  await mkdir(left);
  await utimes(left, new Date(0), new Date(0));
  await preparePack(builtPack(), { dir: dir.path, build });
  assert.ok(!(await readdir(dir.path)).includes('sample.00000000-1-00000000.building'));
});

test('preparePack() builds at once in one place without harm', async () => {
  await using dir = await temporaryDir();
  await Promise.all([1, 2, 3].map(() => preparePack(builtPack(), { dir: dir.path, build })));
  assert.deepEqual(
    await readFile((await openPack(builtPack(), { dir: dir.path })).path('model.onnx')),
    BYTES,
  );
});
