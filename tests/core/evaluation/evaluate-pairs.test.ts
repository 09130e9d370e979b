import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Face } from '#core/domain/face.ts';
import { BadPhotoError, InvalidRequestError } from '#core/errors.ts';
import { evaluatePairs } from '#core/evaluation/evaluate-pairs.ts';
import type { PhotoPair } from '#core/evaluation/read-pairs.ts';
import type { Vision } from '#core/vision/vision.ts';

let top = '';
let root = '';
before(async () => {
  top = await mkdtemp(join(tmpdir(), 'idlock-evaluate-'));
  root = join(top, 'photos');
  await writeFile(join(top, 'secret'), '0 1');
  await mkdir(root);
  const photos = { a1: '0 1', a2: '0.1 1', b1: '1.5708 1', b2: '1.6 1', empty: '', broken: 'x' };
  for (const [name, text] of Object.entries(photos)) await writeFile(join(root, name), text);
});
after(() => rm(top, { recursive: true }));

/** A vision whose "photos" are text: the angle of the vector and the side of each face. It counts what it saw. */
function textVision(seen: string[] = []): Pick<Vision, 'analyze'> {
  return {
    async analyze(image) {
      const text = Buffer.from(image).toString();
      seen.push(text);
      if (text === 'x') throw new BadPhotoError('not a picture');
      const faces = text.split('\n').flatMap((line) => (line ? [faceOf(line)] : []));
      return { widthPx: 1, heightPx: 1, faces, style: new Float32Array(1) };
    },
  };
}

function faceOf(line: string): Face {
  const [angle = 0, side = 1] = line.split(' ').map(Number);
  return {
    box: { x: 0, y: 0, width: side, height: side },
    landmarks: [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    detectorScore: 1,
    quality: { sizePx: side, yawDegrees: 0, sharpness: 100, occlusion: 0 },
    embedding: Float32Array.of(Math.cos(angle), Math.sin(angle)),
  };
}

const pair = (a: string, b: string, same: boolean): PhotoPair => ({ a, b, same });
const PAIRS = [
  pair('a1', 'a2', true),
  pair('b1', 'b2', true),
  pair('a1', 'b1', false),
  pair('a2', 'b2', false),
];

function evaluate(pairs: PhotoPair[], vision = textVision(), signal = new AbortController().signal) {
  return evaluatePairs({ pairs, root, encoder: { id: 'test/angle@1' }, source: 'test' }, { vision, signal });
}

test('evaluatePairs() sees each photo once and measures its pairs', async () => {
  const seen: string[] = [];
  const { evaluation, scored } = await evaluate(PAIRS, textVision(seen));
  assert.equal(seen.length, 4);
  const { encoder, photos, detection, auc, fitted, calibration_error } = evaluation;
  assert.deepEqual(
    { encoder, photos, detection, auc, fitted, calibration_error },
    { encoder: 'test/angle@1', photos: 4, detection: 1, auc: 1, fitted: null, calibration_error: null },
  );
  assert.ok(Math.abs((scored[0]?.cosine ?? 0) - Math.cos(0.1)) < 1e-6);
});

test('evaluatePairs() takes the largest face', async () => {
  await writeFile(join(root, 'two'), '1.57 10\n0 99');
  const { scored } = await evaluate([...PAIRS, pair('a1', 'two', true)]);
  assert.equal(scored.at(-1)?.cosine, 1);
});

test('evaluatePairs() counts photos without a face and photos that are none', async () => {
  const { evaluation, scored } = await evaluate([
    ...PAIRS,
    pair('a1', 'empty', true),
    pair('a1', 'broken', false),
  ]);
  assert.deepEqual(evaluation.without_face, ['empty', 'broken']);
  assert.equal(evaluation.detection, 4 / 6);
  assert.deepEqual(
    scored.slice(4).map(({ cosine }) => cosine),
    [null, null],
  );
});

test('evaluatePairs() says which photo is missing, and follows no link out of the root', async () => {
  await assert.rejects(evaluate([pair('a1', 'none', true)]), (error) => {
    assert.ok(error instanceof InvalidRequestError);
    assert.match(error.userMessage, /photo none below the root/);
    return true;
  });
  await symlink(join(top, 'secret'), join(root, 'link'));
  await assert.rejects(evaluate([pair('a1', 'link', true)]), /link lies outside the root/);
});

test('evaluatePairs() reports progress and stops when aborted', async () => {
  const controller = new AbortController();
  const done: string[] = [];
  const running = evaluatePairs(
    { pairs: PAIRS, root, encoder: { id: 'test/angle@1' }, source: 'test' },
    {
      vision: textVision(),
      signal: controller.signal,
      onProgress: (photos, total) => {
        done.push(`${photos}/${total}`);
        if (photos === 2) controller.abort();
      },
    },
  );
  await assert.rejects(running, { name: 'AbortError' });
  assert.deepEqual(done, ['1/4', '2/4']);
});
