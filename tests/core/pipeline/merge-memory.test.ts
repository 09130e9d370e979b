import assert from 'node:assert/strict';
import { test } from 'node:test';
import { l2Normalize } from '#core/domain/face.ts';
import { mergeVectors } from '#core/pipeline/merge-memory.ts';

const unit = (...values: number[]) => l2Normalize(Float32Array.from(values));

test('mergeVectors() is the identity when nothing is remembered', () => {
  const identity = unit(1, 2, 3);
  assert.deepEqual(mergeVectors(identity, []), identity);
});

test('mergeVectors() weighs 0.6 to 0.4 with one episode', () => {
  const merged = mergeVectors(unit(1, 0), [unit(0, 1)]);
  const norm = Math.hypot(0.6, 0.4);
  assert.ok(Math.abs((merged[0] ?? 0) - 0.6 / norm) < 1e-6);
  assert.ok(Math.abs((merged[1] ?? 0) - 0.4 / norm) < 1e-6);
});

test('mergeVectors() lets older episodes fade by 0.6 a step', () => {
  const merged = mergeVectors(unit(1, 0, 0, 0), [unit(0, 1, 0, 0), unit(0, 0, 1, 0), unit(0, 0, 0, 1)]);
  const [, newest = 0, older = 0, oldest = 0] = merged;
  assert.ok(Math.abs(older / newest - 0.6) < 1e-6);
  assert.ok(Math.abs(oldest / newest - 0.36) < 1e-6);
});

test('mergeVectors() gives a unit vector and leaves its input alone', () => {
  const identity = unit(3, 4);
  const before = Float32Array.from(identity);
  const merged = mergeVectors(identity, [unit(1, 1), unit(-1, 1)]);
  assert.ok(Math.abs(Math.hypot(...merged) - 1) < 1e-6);
  assert.deepEqual(identity, before);
});
