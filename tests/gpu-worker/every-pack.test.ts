import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Photo } from '#core/imaging/read-photo.ts';
import { faceEmbedder } from '#gpu-worker/face-embedder.ts';
import { openFaceDetector } from '#gpu-worker/open-face-detector.ts';
import { openSession, type SessionOptions } from '#gpu-worker/open-session.ts';
import { openStyleEncoder } from '#gpu-worker/open-style-encoder.ts';
import { pointsInBox } from '#gpu-worker/points-in-box.ts';
import { listPacks } from '#models/list-packs.ts';
import { temporaryDir } from '#tests/models/sample-pack.ts';
import { writeStandIn } from './echo-model.ts';

const options: SessionOptions = { threads: 1, provider: 'cpu' };
const grey: Photo = { widthPx: 64, heightPx: 64, rgb: new Uint8Array(64 * 64 * 3).fill(99) };

// Small networks stand in for the files, so this asks for no download: every kind that a manifest names has its code.
const packs = await listPacks();

for (const manifest of packs.filter((one) => one.faceEncoder || one.detector || one.landmarks))
  test(`the faces of the pack "${manifest.name}" can be found and embedded`, async () => {
    const { faceEncoder } = manifest;
    assert.ok(faceEncoder, 'a detector alone measures nobody');
    await using dir = await temporaryDir();
    const file = join(dir.path, 'model.onnx');
    const { dim, kernel, sizePx } = faceEncoder;
    await writeStandIn(file, sizePx, kernel ? dim / (2 * kernel.blocks) : dim);

    const detector = await openFaceDetector({ manifest, dir: dir.path, path: () => file }, options);
    await detector.close();
    const embedder = faceEmbedder(await openSession(file, options), faceEncoder);
    const box = { x: 8, y: 8, width: 48, height: 48 };
    const [vector, ...more] = await embedder.embed(grey, [{ box, score: 1, landmarks: pointsInBox(box) }]);
    await embedder.close();
    assert.equal(more.length, 0);
    assertUnit(vector, dim);
  });

for (const manifest of packs.filter((one) => one.styleEncoder))
  test(`the look of a picture can be described by the pack "${manifest.name}"`, async () => {
    const { styleEncoder } = manifest;
    assert.ok(styleEncoder);
    await using dir = await temporaryDir();
    const file = join(dir.path, 'model.onnx');
    await writeStandIn(file, styleEncoder.sizePx, styleEncoder.dim);
    const style = await openStyleEncoder({ manifest, dir: dir.path, path: () => file }, options);
    const vector = await style.encode(grey);
    await style.close();
    assertUnit(vector, styleEncoder.dim);
  });

function assertUnit(vector: Float32Array | undefined, dim: number): void {
  assert.equal(vector?.length, dim);
  assert.ok(Math.abs(Math.hypot(...(vector ?? [])) - 1) < 1e-4);
}
