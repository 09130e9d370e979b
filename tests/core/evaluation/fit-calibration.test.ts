import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationSchema, confidenceOf } from '#core/domain/encoder.ts';
import { InvalidRequestError } from '#core/errors.ts';
import { calibrationError } from '#core/evaluation/calibration-error.ts';
import { fitCalibration } from '#core/evaluation/fit-calibration.ts';
import { normalPairs } from './synthetic-pairs.ts';

test('fitCalibration() recovers the log-likelihood ratio of two normal distributions', () => {
  // Equal variances: log(p / (1 - p)) = (d / s^2) * (x - middle) = 20 x - 6 for means .4 and .2 and sd .1.
  const pairs = [...normalPairs(true, 2000, 0.4, 0.1), ...normalPairs(false, 6000, 0.2, 0.1)];
  const calibration = fitCalibration(pairs, 'synthetic');
  assert.ok(Math.abs(calibration.slope - 20) < 0.2, String(calibration.slope));
  assert.ok(Math.abs(calibration.intercept + 6) < 0.1, String(calibration.intercept));
  assert.ok(calibrationError(pairs, calibration) < 0.01);
  assert.equal(calibrationSchema.parse(calibration).source, 'synthetic');
});

test('fitCalibration() gives equal weight to the classes, however many pairs each has', () => {
  const genuine = normalPairs(true, 500, 0.4, 0.1);
  const few = fitCalibration([...genuine, ...normalPairs(false, 500, 0.2, 0.1)], '');
  const many = fitCalibration([...genuine, ...normalPairs(false, 20_000, 0.2, 0.1)], '');
  assert.ok(Math.abs(confidenceOf(0.3, few) - 0.5) < 0.01);
  assert.ok(Math.abs(confidenceOf(0.3, many) - 0.5) < 0.01);
});

test('fitCalibration() stays finite on classes that do not overlap', () => {
  const pairs = [...normalPairs(true, 100, 0.7, 0.05), ...normalPairs(false, 100, 0, 0.05)];
  const { slope, intercept } = fitCalibration(pairs, '');
  assert.ok(Number.isFinite(slope) && slope > 5 && slope < 200, String(slope));
  assert.ok(Number.isFinite(intercept));
});

test('fitCalibration() puts bands at .8 and .95, or at false match rates of 1e-2 and 1e-3 where those are higher', () => {
  const close = fitCalibration(
    [...normalPairs(true, 1000, 0.4, 0.1), ...normalPairs(false, 1000, 0.2, 0.1)],
    '',
  );
  // .2 + 2.326 * .1 and .2 + 3.09 * .1 lie over the cosines of confidence .8 and .95 (.369 and .447).
  assert.ok(Math.abs(close.moderate - 0.43) < 0.01, String(close.moderate));
  assert.ok(Math.abs(close.strong - 0.5) < 0.015, String(close.strong));
  const apart = fitCalibration(
    [...normalPairs(true, 1000, 0.7, 0.1), ...normalPairs(false, 1000, 0, 0.05)],
    '',
  );
  assert.ok(Math.abs(confidenceOf(apart.moderate, apart) - 0.8) < 0.001);
  assert.ok(Math.abs(confidenceOf(apart.strong, apart) - 0.95) < 0.001);
});

test('fitCalibration() keeps thresholds at each false match rate', () => {
  const { thresholds } = fitCalibration(
    [...normalPairs(true, 1000, 0.7, 0.1), ...normalPairs(false, 1000, 0, 0.1)],
    '',
  );
  assert.deepEqual(Object.keys(thresholds), ['0.1', '0.01', '0.001']);
  assert.ok(Math.abs((thresholds['0.1'] ?? 0) - 0.128) < 0.005);
});

test('fitCalibration() refuses too few pairs and classes the wrong way round', () => {
  const genuine = normalPairs(true, 30, 0.6, 0.1);
  assert.throws(
    () => fitCalibration([...genuine, ...normalPairs(false, 19, 0, 0.1)], ''),
    InvalidRequestError,
  );
  assert.throws(
    () => fitCalibration([...genuine, ...normalPairs(false, 30, 0.9, 0.1)], ''),
    /Check the "same" column/,
  );
});
