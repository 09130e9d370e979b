import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { photoProblem } from '#core/domain/photo-quality.ts';
import { openPhotoAnalyzer } from '#gpu-worker/open-photo-analyzer.ts';
import { findPack } from '#models/find-pack.ts';
import { openPack } from '#models/open-pack.ts';

// Photos and weights that are not part of the project.
const SHARED = path.join(import.meta.dirname, '../../../shared');
const skip = existsSync(path.join(SHARED, 'weights/face-reidentification-retail-0095.onnx'))
  ? false
  : '../shared is not here: the open pack is not tried on real photos';

test('the open pack finds people and no one else', { skip }, async () => {
  const pack = await openPack(await findPack('open'), { dir: path.join(SHARED, 'weights') });
  await using stack = new AsyncDisposableStack();
  const analyzer = stack.adopt(await openPhotoAnalyzer(pack), (one) => one.close());
  const analyze = async (file: string) =>
    analyzer.analyze(await readFile(path.join(SHARED, 'faces', file)), AbortSignal.timeout(60_000));

  assert.equal(photoProblem(await analyze('people/lisa/lisa1.jpg')), undefined);
  assert.match(photoProblem(await analyze('multi/detection6.jpg')) ?? '', /two faces/);
  // YuNet takes the dog's face for one at the scale of the photo.
  for (const file of ['dog', 'house', 'rose', 'vase', 'watch'])
    assert.equal((await analyze(`noface/${file}.jpg`)).faces.length, 0, file);
  // A man in profile, and a woman behind a cup and her hands.
  const profile = await analyze('ai/ai_seedance3/seedance_00003__04.jpg');
  assert.ok(Math.abs(profile.faces[0]?.quality.yawDegrees ?? 0) > 60);
  const cup = await analyze('ai/ai_veo3/veo_00003__03.jpg');
  assert.match(photoProblem(cup) ?? '', /covered/);
});
