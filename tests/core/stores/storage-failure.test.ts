import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidRequestError, NotFoundError, StorageError } from '#core/errors.ts';
import { toStorageError } from '#core/stores/storage-failure.ts';

function withCode(code: string, message = 'secret detail'): Error {
  return Object.assign(new Error(message), { code });
}

test('toStorageError() says what to do, keeps the cause and leaks nothing of it', () => {
  for (const [code, speech, retryable] of [
    ['ECONNREFUSED', /cannot be reached/, true],
    ['57P01', /cannot be reached/, true],
    ['08006', /cannot be reached/, true],
    ['40001', /busy/, true],
    ['53300', /busy/, true],
    ['55P03', /busy/, true],
    ['57014', /busy/, true],
    ['53100', /No space is left/, true],
    ['25006', /read-only/, false],
    ['28P01', /refuses this login/, false],
    ['42P01', /idlock migrate/, false],
    ['23505', /could not do this/, false],
  ] as const) {
    const cause = withCode(code);
    const error = toStorageError(cause);
    assert.ok(error instanceof StorageError, code);
    assert.match(error.userMessage, speech, code);
    assert.equal(error.retryable, retryable, code);
    assert.equal(error.cause, cause);
    assert.doesNotMatch(error.userMessage, /secret/);
  }
});

test('toStorageError() knows the errors of the pool, which have no code', () => {
  for (const message of [
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Connection terminated due to connection timeout',
  ]) {
    const error = toStorageError(new Error(message));
    assert.ok(error instanceof StorageError && error.retryable, message);
  }
});

test('toStorageError() leaves all other errors alone', () => {
  for (const error of [new NotFoundError('no scene'), new TypeError('a bug'), withCode('ENOENT'), 'text']) {
    assert.equal(toStorageError(error), error);
  }
  assert.ok(toStorageError(withCode('22021')) instanceof InvalidRequestError);
});
