import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeHalfvec, encodeHalfvec } from '#core/stores/halfvec.ts';

test("encodeHalfvec() writes pgvector's binary form", () => {
  // 1 is 0x3c00, -2 is 0xc000, the smallest half is 0x0001 (IEEE 754 binary16).
  const bytes = encodeHalfvec(Float32Array.of(1, -2, 2 ** -24));
  assert.equal(bytes.toString('hex'), '000300003c00c0000001');
});

test('decodeHalfvec() reads from the middle of a buffer', () => {
  const bytes = Buffer.concat([Buffer.alloc(3), encodeHalfvec(Float32Array.of(0.5, -0.1))]).subarray(3);
  assert.deepEqual(decodeHalfvec(bytes), Float32Array.of(0.5, Math.f16round(-0.1)));
});

test('encodeHalfvec() refuses what float16 cannot hold', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 70_000]) {
    assert.throws(() => encodeHalfvec(Float32Array.of(value)), RangeError);
  }
});
