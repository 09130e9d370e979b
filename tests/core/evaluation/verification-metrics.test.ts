import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidRequestError } from '#core/errors.ts';
import type { ScoredPair } from '#core/evaluation/scored-pair.ts';
import { verificationMetrics } from '#core/evaluation/verification-metrics.ts';
import { normalPairs } from './synthetic-pairs.ts';

const near = (actual: number, expected: number, by: number) =>
  assert.ok(Math.abs(actual - expected) <= by, `${actual} is not ${expected} +- ${by}`);

const pair = (same: boolean, cosine: number | null): ScoredPair => ({ same, cosine });

test('verificationMetrics() finds the known figures of two normal distributions', () => {
  // Equal variances at a distance of 2 sd: AUC = Phi(2 / sqrt 2) = .92135, best accuracy Phi(1) = .84134 in the middle,
  // TAR at FAR .1 = 1 - Phi(1.28155 - 2) = .76376, at .01 = .37213, at .001 = .13777.
  const pairs = [...normalPairs(true, 4000, 0.4, 0.1), ...normalPairs(false, 4000, 0.2, 0.1)];
  const metrics = verificationMetrics(pairs);
  near(metrics.auc, 0.92135, 5e-4);
  near(metrics.accuracy, 0.84134, 1e-3);
  near(metrics.threshold, 0.3, 0.01);
  near(metrics.tar['0.1'], 0.76376, 2e-3);
  near(metrics.tar['0.01'], 0.37213, 2e-3);
  near(metrics.tar['0.001'], 0.13777, 0.01);
  near(metrics.genuine.mean, 0.4, 1e-6);
  near(metrics.impostor.sd, 0.1, 1e-3);
  assert.equal(metrics.genuine.n, 4000);
  assert.equal(metrics.calibration_error, null);
});

test('verificationMetrics() counts ties half', () => {
  const pairs = [pair(true, 0.5), pair(true, 0.5), pair(false, 0.5), pair(false, 0.1)];
  assert.equal(verificationMetrics(pairs).auc, 0.75);
});

test('verificationMetrics() agrees with the count of ordered pairs, in any order of input', () => {
  const pairs = [0.9, 0.3, 0.3, 0.6, -0.2].flatMap((cosine, i) => [
    pair(true, cosine),
    pair(false, [0.3, 0.1, 0.6, -0.5, 0.95][i] ?? 0),
  ]);
  let wins = 0;
  for (const { cosine: a } of pairs.filter(({ same }) => same))
    for (const { cosine: b } of pairs.filter(({ same }) => !same))
      wins += Number(a) > Number(b) ? 1 : a === b ? 0.5 : 0;
  assert.equal(verificationMetrics(pairs).auc, wins / 25);
  assert.equal(verificationMetrics(pairs.toReversed()).auc, wins / 25);
});

test('verificationMetrics() is perfect on separated classes and .5 on equal ones', () => {
  const apart = [...normalPairs(true, 50, 0.8, 0.01), ...normalPairs(false, 50, 0, 0.01)];
  const { auc, accuracy, tar, threshold } = verificationMetrics(apart);
  assert.deepEqual({ auc, accuracy, ...tar }, { auc: 1, accuracy: 1, '0.1': 1, '0.01': 1, '0.001': 1 });
  near(threshold, 0.4, 0.02);
  const equal = [...normalPairs(true, 50, 0, 0.1), ...normalPairs(false, 50, 0, 0.1)];
  assert.equal(verificationMetrics(equal).auc, 0.5);
});

test('verificationMetrics() never accepts more strangers than the rate allows', () => {
  // 99 impostors cannot show a rate of .01: none may be accepted.
  const pairs = [...normalPairs(false, 98, 0, 0.1), pair(false, 0.7), pair(true, 0.6), pair(true, 0.8)];
  assert.equal(verificationMetrics(pairs).tar['0.01'], 0.5);
  const more = [...pairs, pair(false, 0)];
  assert.equal(verificationMetrics(more).tar['0.01'], 1);
});

test('verificationMetrics() counts a pair without a face as not accepted', () => {
  const pairs = [
    pair(true, 0.9),
    pair(true, 0.8),
    pair(true, null),
    pair(true, null),
    pair(false, 0),
    pair(false, 0.1),
  ];
  const metrics = verificationMetrics(pairs);
  assert.equal(metrics.auc, 0.5);
  assert.equal(metrics.tar['0.1'], 0.5);
  assert.equal(metrics.accuracy, 4 / 6);
  assert.equal(metrics.genuine.n, 2);
});

test('verificationMetrics() measures calibration at equal priors', () => {
  const flat = { slope: 0, intercept: 0, moderate: 0.5, strong: 0.6, thresholds: {}, source: 'test' };
  // Always .5 is perfectly calibrated at equal priors, however uneven the counts.
  const pairs = [...normalPairs(true, 10, 0.5, 0.1), ...normalPairs(false, 90, 0.5, 0.1)];
  near(verificationMetrics(pairs, flat).calibration_error ?? 1, 0, 1e-9);
  // Always sure of the same person is wrong for the half of them.
  const sure = { ...flat, intercept: 30 };
  near(verificationMetrics(pairs, sure).calibration_error ?? 0, 0.5, 1e-9);
});

test('verificationMetrics() refuses too few pairs', () => {
  assert.throws(
    () => verificationMetrics([pair(true, 1), pair(false, 0), pair(false, null)]),
    InvalidRequestError,
  );
  assert.throws(() => verificationMetrics([]), /0 same-person and 0 different-person/);
});
