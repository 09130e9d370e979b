import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { type ByteTensor, type FloatTensor, openSession } from '#gpu-worker/open-session.ts';
import { patchTensor } from '#gpu-worker/patch-tensor.ts';
import { convertFaceApi } from '#models/convert/convert-face-api.ts';
import { faceApiFolder, numbersOf, runReference } from './reference-network.ts';

const RAW = { colour: 'rgb', mean: [0, 0, 0], std: [1, 1, 1] } as const;
const NORMALISED = { colour: 'rgb', mean: [122.782, 117.001, 104.298], std: [255, 255, 255] } as const;
/** A part of the library's sample photo that holds a face, so that every stage has something to see. */
const FACE = { left: 340, top: 310, width: 320, height: 320 };

let folder = '';
const progress: string[] = [];
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'idlock-convert-'));
  await convertFaceApi(folder, {
    onProgress: (done, total) => progress.push(`${done}/${total}`),
    signal: AbortSignal.timeout(60_000),
  });
});
after(() => rm(folder, { recursive: true, force: true }));

test('convertFaceApi() writes three whole files and says how far it is', async () => {
  assert.deepEqual((await readdir(folder)).toSorted(), [
    'face-api-landmarks-68.onnx',
    'face-api-recogniser.onnx',
    'face-api-ssd-detector.onnx',
  ]);
  assert.deepEqual(progress, ['0/3', '1/3', '2/3', '3/3']);
});

test('convertFaceApi() writes the same bytes every time', async () => {
  const again = await mkdtemp(path.join(tmpdir(), 'idlock-convert-'));
  await convertFaceApi(again, { onProgress: () => {}, signal: AbortSignal.timeout(60_000) });
  for (const file of await readdir(folder))
    assert.equal(await sha256(path.join(again, file)), await sha256(path.join(folder, file)), file);
  await rm(again, { recursive: true });
});

test('convertFaceApi() stops when aborted and leaves no file', async () => {
  const empty = await mkdtemp(path.join(tmpdir(), 'idlock-convert-'));
  await assert.rejects(convertFaceApi(empty, { onProgress: () => {}, signal: AbortSignal.abort() }));
  assert.deepEqual(await readdir(empty), []);
  await rm(empty, { recursive: true });
});

test('the converted detector gives the boxes and scores of the library', async () => {
  const picture = await samplePixels(512);
  const data = Uint8Array.from(picture.rgb);
  const outputs = await run('face-api-ssd-detector.onnx', { data, shape: [1, 512, 512, 3] });
  const reference = (await runReference('ssdMobilenetv1', 'ssd_mobilenetv1_model', picture)) as {
    boxes: unknown[];
    scores: unknown[];
  };
  assert.ok(maxDifference(outputs.get('boxes')?.data, numbersOf(reference.boxes[0])) < 1e-4);
  const scores = numbersOf(reference.scores[0]);
  assert.ok(Math.max(...scores) > 0.5, 'the sample shows a face');
  assert.ok(maxDifference(outputs.get('scores')?.data, scores) < 1e-4);
});

test('the converted landmark network gives the points of the library', async () => {
  const picture = await samplePixels(112);
  const data = patchTensor([{ rgb: picture.rgb, sizePx: 112 }], RAW);
  const outputs = await run('face-api-landmarks-68.onnx', { data, shape: [1, 3, 112, 112] });
  const reference = await runReference('faceLandmark68Net', 'face_landmark_68_model', picture);
  assert.ok(maxDifference(outputs.get('points')?.data, numbersOf(reference)) < 1e-5);
});

test('the converted recogniser gives the descriptor of the library', async () => {
  const picture = await samplePixels(150);
  const data = patchTensor([{ rgb: picture.rgb, sizePx: 150 }], NORMALISED);
  const outputs = await run('face-api-recogniser.onnx', { data, shape: [1, 3, 150, 150] });
  const reference = await runReference('faceRecognitionNet', 'face_recognition_model', picture);
  assert.ok(maxDifference(outputs.get('descriptor')?.data, numbersOf(reference)) < 1e-5);
});

interface Pixels {
  readonly rgb: Float32Array;
  readonly side: number;
}

async function samplePixels(side: number): Promise<Pixels> {
  const sample = sharp(path.join(faceApiFolder, 'demo/sample1.jpg'));
  const pixels = await sample.extract(FACE).resize(side, side, { fit: 'fill' }).raw().toBuffer();
  return { rgb: Float32Array.from(pixels), side };
}

async function run(file: string, input: FloatTensor | ByteTensor) {
  const session = await openSession(path.join(folder, file), { threads: 1, provider: 'cpu' });
  const outputs = await session.run(input);
  await session.close();
  return outputs;
}

function maxDifference(ours: Float32Array | undefined, theirs: Float32Array): number {
  assert.equal(ours?.length, theirs.length);
  return theirs.reduce((most, value, i) => Math.max(most, Math.abs(value - (ours?.[i] ?? Number.NaN))), 0);
}

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}
