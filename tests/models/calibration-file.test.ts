import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCalibration, saveCalibration } from '#models/calibration-file.ts';
import { findPack } from '#models/find-pack.ts';
import type { Manifest } from '#models/manifest.ts';
import { openPack } from '#models/open-pack.ts';
import { sampleBytes, samplePack, temporaryDir } from './sample-pack.ts';

const BYTES = sampleBytes(100);
const CALIBRATION = {
  slope: 9,
  intercept: -3,
  moderate: 0.4,
  strong: 0.5,
  thresholds: { '0.01': 0.3 },
  source: 'here',
};

async function encoderPack(): Promise<Manifest> {
  const { faceEncoder } = await findPack('sface');
  assert.ok(faceEncoder && !faceEncoder.calibration, 'sface is the pack without a calibration');
  return samplePack(BYTES, { faceEncoder: { ...faceEncoder, id: 'sample/x@1', file: 'model.onnx' } });
}

test('saveCalibration() gives an uncalibrated encoder its meaning on this machine', async () => {
  await using dir = await temporaryDir();
  const pack = await encoderPack();
  await writeFile(join(dir.path, 'model.onnx'), BYTES);
  await saveCalibration(pack, CALIBRATION, dir.path);
  const { manifest } = await openPack(pack, { dir: dir.path });
  assert.deepEqual(manifest.faceEncoder?.calibration, CALIBRATION);
});

test('readCalibration() ignores one of another version of the encoder', async () => {
  await using dir = await temporaryDir();
  const pack = await encoderPack();
  await saveCalibration(pack, CALIBRATION, dir.path);
  assert.ok(pack.faceEncoder);
  const next = { ...pack, faceEncoder: { ...pack.faceEncoder, id: 'sample/x@2' } };
  assert.equal(await readCalibration(next, dir.path), undefined);
});

test('readCalibration() refuses a damaged file and says which', async () => {
  await using dir = await temporaryDir();
  const pack = await encoderPack();
  await saveCalibration(pack, CALIBRATION, dir.path);
  await writeFile(join(dir.path, 'sample', 'calibration.json'), '{"slope":');
  await assert.rejects(readCalibration(pack, dir.path), /Remove sample\/calibration.json/);
});

test('saveCalibration() refuses a pack without a face encoder, and a directory that is none', async () => {
  await using dir = await temporaryDir();
  await assert.rejects(saveCalibration(samplePack(BYTES), CALIBRATION, dir.path), /no face encoder/);
  await writeFile(join(dir.path, 'file'), '');
  const saving = saveCalibration(await encoderPack(), CALIBRATION, join(dir.path, 'file'));
  await assert.rejects(saving, { name: 'ModelPackError' });
});
