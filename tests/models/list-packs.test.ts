import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidRequestError } from '#core/errors.ts';
import { decodeCentre } from '#models/decode-centre.ts';
import { findPack } from '#models/find-pack.ts';
import { listPacks } from '#models/list-packs.ts';
import { manifestSchema } from '#models/manifest.ts';
import { sampleBytes, samplePack } from './sample-pack.ts';

test('listPacks() reads every pack of the project', async () => {
  const names = (await listPacks()).map(({ name }) => name);
  const all = ['aura', 'bundled', 'clip', 'insightface', 'nsfw', 'open', 'restore', 'sface', 'style-lite'];
  assert.deepEqual(names, all);
});

test('listPacks() downloads over https only, and vectors name their pack', async () => {
  for (const { name, files, faceEncoder, styleEncoder } of await listPacks()) {
    for (const url of files.flatMap((file) => file.urls)) assert.equal(new URL(url).protocol, 'https:');
    for (const encoder of [faceEncoder, styleEncoder])
      if (encoder) assert.ok(encoder.id.startsWith(`${name}/`), encoder.id);
  }
});

test('listPacks() has calibrations whose bands rise and whose centres fit', async () => {
  for (const { faceEncoder, styleEncoder } of await listPacks()) {
    const calibration = faceEncoder?.calibration;
    if (calibration) assert.ok(calibration.moderate < calibration.strong && calibration.slope > 0);
    for (const encoder of [faceEncoder, styleEncoder])
      if (encoder?.centre) decodeCentre(encoder.centre, encoder.dim);
  }
});

test('findPack() finds by name and lists the names otherwise', async () => {
  assert.equal((await findPack('open')).faceEncoder?.id, 'open/reid-0095@1');
  await assert.rejects(findPack('../open'), (error) => {
    assert.ok(error instanceof InvalidRequestError);
    assert.match(error.userMessage, /Choose one of: aura, bundled/);
    return true;
  });
});

test('manifestSchema refuses what could not be verified or points elsewhere', () => {
  const pack = samplePack(sampleBytes(10));
  const [file] = pack.files;
  assert.ok(file);
  const { content: _, ...unverified } = file;
  const refused = [
    { ...pack, files: [unverified] },
    { ...pack, files: [{ ...file, file: '../../etc/passwd' }] },
    { ...pack, files: [{ ...file, content: { bytes: 10, sha256: 'abc' } }] },
    { ...pack, landmarks: { kind: 'face-api-68', file: 'other.onnx' } },
    { ...pack, extra: true },
  ];
  for (const one of refused) assert.equal(manifestSchema.safeParse(one).success, false);
  assert.equal(manifestSchema.safeParse(pack).success, true);
});

test('decodeCentre() reads little-endian floats and refuses another length', () => {
  const base64 = Buffer.from(new Float32Array([1, -0.5]).buffer).toString('base64');
  assert.deepEqual(decodeCentre(base64, 2), new Float32Array([1, -0.5]));
  assert.throws(() => decodeCentre(base64, 3), RangeError);
});
