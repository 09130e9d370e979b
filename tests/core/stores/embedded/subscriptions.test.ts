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

test('subscriptions() forgets a client on one channel or on all, and no other client', () => {
  const channels = subscriptions<string>();
  for (const channel of ['jobs', 'events', 'more']) channels.add(channel, 'a');
  channels.add('jobs', 'b');
  channels.add('jobs', 'b');
  channels.remove('events', 'a');
  channels.remove('none', 'a');
  assert.deepEqual(['jobs', 'events', 'more'].map(channels.listenersOf), [['a', 'b'], [], ['a']]);
  channels.remove('*', 'a');
  assert.deepEqual(['jobs', 'events', 'more', 'none'].map(channels.listenersOf), [['b'], [], [], []]);
});
