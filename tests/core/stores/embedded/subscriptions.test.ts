import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readListenCommand, subscriptions } from '#core/stores/embedded/subscriptions.ts';

test('readListenCommand() reads channels as Postgres does', () => {
  assert.deepEqual(readListenCommand('LISTEN Jobs'), { listen: true, channel: 'jobs' });
  assert.deepEqual(readListenCommand(' listen "Jo""bs" ; '), { listen: true, channel: 'Jo"bs' });
  assert.deepEqual(readListenCommand('-- why\n/* and\nmore */ UNLISTEN *'), { listen: false, channel: '*' });
  for (const other of ['select 1', "select 'listen x'", 'listen a; select 1', '-- listen x', '']) {
    assert.equal(readListenCommand(other), undefined, other);
  }
});

test('subscriptions() says when a channel gets its first and loses its last listener', () => {
  const channels = subscriptions<string>();
  assert.equal(channels.add('jobs', 'a'), true);
  assert.equal(channels.add('jobs', 'b'), false);
  assert.equal(channels.add('jobs', 'b'), false);
  assert.equal(channels.remove('jobs', 'a'), false);
  assert.equal(channels.remove('jobs', 'a'), false);
  assert.deepEqual([channels.listenersOf('jobs'), channels.channelsOf('b')], [['b'], ['jobs']]);
  assert.equal(channels.remove('jobs', 'b'), true);
  assert.deepEqual(channels.listenersOf('jobs'), []);
});
