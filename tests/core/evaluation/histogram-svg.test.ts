import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { fitCalibration } from '#core/evaluation/fit-calibration.ts';
import { histogramSvg } from '#core/evaluation/histogram-svg.ts';
import { normalPairs } from './synthetic-pairs.ts';

const PAIRS = [...normalPairs(true, 300, 0.68, 0.14), ...normalPairs(false, 900, 0.02, 0.1)];

test('histogramSvg() draws both classes and the bands as a picture that opens', async () => {
  const calibration = fitCalibration(PAIRS, 'synthetic');
  const svg = histogramSvg(PAIRS, { title: 'open/reid-0095@1', calibration });
  assert.match(svg, /300 pairs of the same person, mean 0.68/);
  assert.match(svg, /900 pairs of different people, mean 0.02/);
  assert.match(svg, /moderate ≥ /);
  const { width, height } = await sharp(Buffer.from(svg)).metadata();
  assert.deepEqual({ width, height }, { width: 960, height: 480 });
});

test('histogramSvg() escapes its title and works without a calibration or a class', () => {
  const svg = histogramSvg([{ same: true, cosine: 1 }], { title: '<script>"&' });
  assert.ok(!svg.includes('<script>'));
  assert.ok(!svg.includes('NaN'));
});
