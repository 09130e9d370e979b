import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { demoPhotos } from '#cli/demo-story.ts';
import { runIdlock } from './run-idlock.ts';

let home: string;
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'idlock-cli-'));
});
after(() => rm(home, { recursive: true, force: true }));

const sceneSchema = z.object({
  id: z.string().startsWith('scene_'),
  prompt: z.string(),
  idr: z.number().min(-1).max(1),
  confidence: z.number().min(0).max(1),
  band: z.enum(['strong', 'moderate', 'weak']),
  state: z.array(z.object({ kind: z.string(), value: z.string() })),
  image: z.string(),
  ms: z.record(z.string(), z.number()),
});
const demoSchema = z.object({
  character: z.object({ id: z.string().startsWith('char_'), name: z.string() }),
  scenes: z.array(sceneSchema),
  encoder: z.string(),
  home: z.string(),
});

test('idlock demo --json prints one document with three scored scenes that remember', async () => {
  const run = await runIdlock(['demo', '--json', '--size', '512'], home);
  assert.equal(run.code, 0, run.stderr);
  const demo = demoSchema.parse(JSON.parse(run.stdout));
  assert.equal(demo.scenes.length, 3);
  assert.equal(demo.home, home);
  for (const scene of demo.scenes) {
    assert.ok(scene.idr > 0.5, `${scene.prompt}: ${scene.idr}`);
    assert.ok((await readFile(scene.image)).length > 10_000);
    assert.ok(scene.state.some(({ value }) => value === 'torn red cloak'));
  }
  assert.ok(demo.scenes[1]?.state.some(({ kind }) => kind === 'injury'));
  assert.ok(!demo.scenes[2]?.state.some(({ kind }) => kind === 'injury'));
});

test('idlock demo runs again, and takes photos, name and scenes of your own', async () => {
  const photos = (await demoPhotos()).slice(0, 2).flatMap((photo) => ['--photo', photo]);
  const args = [
    'demo',
    ...photos,
    '--name',
    'Nova',
    '--scene',
    'reads a book in a library',
    '--size',
    '512',
    '--json',
  ];
  for (let round = 1; round <= 2; round++) {
    const run = await runIdlock(args, home);
    assert.equal(run.code, 0, run.stderr);
    const demo = demoSchema.parse(JSON.parse(run.stdout));
    assert.deepEqual([demo.character.name, demo.scenes.length], ['Nova', 1]);
  }
});

test('idlock character create, list, show, scene, history and forget tell one story', async () => {
  const [photo = ''] = await demoPhotos();
  const created = await runIdlock(
    ['character', 'create', 'Arya', '--photo', photo, '--consent', '--hair', 'long, red', '--json'],
    home,
  );
  assert.equal(created.code, 0, created.stderr);
  const scene = await runIdlock(
    ['scene', 'arya', 'waits in the rain', '--style', 'worn leather armor', '--size', '512', '--json'],
    home,
  );
  assert.equal(scene.code, 0, scene.stderr);
  assert.ok(sceneSchema.parse(JSON.parse(scene.stdout)).state.some(({ value }) => value.includes('armor')));
  const listed = await runIdlock(['character', 'list'], home);
  assert.match(listed.stdout, /Arya +ready/);
  const shown = await runIdlock(['character', 'show', 'Arya'], home);
  assert.match(shown.stdout, /hair: long, red/);
  const history = await runIdlock(['history', 'Arya'], home);
  assert.match(history.stdout, /waits in the rain[\s\S]*IDR 0\.\d\d/);
  const forgotten = await runIdlock(['character', 'forget', 'Arya', '--yes', '--json'], home);
  assert.equal(forgotten.code, 0, forgotten.stderr);
  const gone = await runIdlock(['scene', 'Arya', 'waits'], home);
  assert.equal(gone.code, 3);
  assert.match(gone.stderr, /There is no character "Arya"/);
});

test('idlock character create wants consent, and says what is agreed to', async () => {
  const [photo = ''] = await demoPhotos();
  const run = await runIdlock(['character', 'create', 'Nobody', '--photo', photo], home);
  assert.equal(run.code, 2);
  assert.match(run.stderr, /add --consent:\nI am the adult person/);
});

test('idlock character create says what is wrong with a photo and frees the name', async () => {
  const noPicture = join(home, 'no.jpg');
  await writeFile(noPicture, 'not a picture');
  const run = await runIdlock(
    ['character', 'create', 'Blank', '--photo', noPicture, '--consent', '--json'],
    home,
  );
  assert.equal(run.code, 2);
  const { error } = z
    .object({ error: z.object({ kind: z.string(), message: z.string() }) })
    .parse(JSON.parse(run.stdout));
  assert.match(error.message, /^Photo 1: /);
  const missing = await runIdlock(
    ['character', 'create', 'Blank', '--photo', '/nowhere/a.jpg', '--consent'],
    home,
  );
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /Cannot read the file "a\.jpg"/);
});

test('idlock --help teaches, and bad usage exits with 2', async () => {
  const help = await runIdlock(['--help'], home);
  assert.equal(help.code, 0);
  for (const command of [
    'demo',
    'character',
    'scene',
    'history',
    'models',
    'evaluate',
    'migrate',
    'backup',
    'doctor',
  ]) {
    assert.match(help.stdout, new RegExp(`^ {2}${command}\\b`, 'm'));
  }
  assert.equal((await runIdlock(['scene'], home)).code, 2);
  assert.equal((await runIdlock(['nonsense'], home)).code, 2);
});

test('a bad variable is named with what it must be, and its value is not shown', async () => {
  const run = await runIdlock(['character', 'list'], home, { DATABASE_URL: 'mysql://root:hunter2@db' });
  assert.equal(run.code, 2);
  assert.match(run.stderr, /DATABASE_URL must be/);
  assert.ok(!run.stderr.includes('hunter2'));
});

test('a second process on the same home gets a clear error', async () => {
  const runs = await Promise.all([
    runIdlock(['demo', '--size', '512', '--json'], home),
    runIdlock(['character', 'list'], home),
    runIdlock(['character', 'list'], home),
  ]);
  const refused = runs.filter(({ code }) => code !== 0);
  assert.ok(refused.length >= 1);
  for (const { stderr } of refused) assert.match(stderr, /in use by/);
});

test('idlock doctor says what is in use', async () => {
  assert.equal((await runIdlock(['models', 'prepare'], home)).code, 0);
  const run = await runIdlock(['doctor', '--json'], home);
  assert.equal(run.code, 0, run.stderr);
  const { isWell, findings } = z
    .object({ isWell: z.boolean(), findings: z.array(z.object({ part: z.string() })) })
    .parse(JSON.parse(run.stdout));
  assert.equal(isWell, true);
  assert.deepEqual(
    findings.map(({ part }) => part),
    ['node', 'home', 'database', 'queue', 'images', 'models', 'style', 'vision', 'renderer'],
  );
});
