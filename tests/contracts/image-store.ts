import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { newId } from '#core/domain/ids.ts';
import { imageKey } from '#core/domain/image-ref.ts';
import type { ImageStore } from '#core/image-store/image-store.ts';

interface Opened {
  readonly store: ImageStore;
  close(): Promise<void>;
}

/** What every image store promises, run on an adapter over real storage. */
export function testImageStore(name: string, open: () => Promise<Opened>): void {
  describe(`${name} as an ImageStore`, () => {
    let opened: Opened;
    before(async () => {
      opened = await open();
    });
    after(() => opened.close());
    testPutAndGet(() => opened.store);
    testListAndRemove(() => opened.store);
    testRefusals(() => opened.store);
  });
}

function testPutAndGet(store: () => ImageStore): void {
  test('get() gives back the bytes that put() took, of any length', async () => {
    for (const length of [1, 1000, 65_536, 3_000_001]) {
      const { key, bytes } = someImage({ length });
      await store().put(key, bytes, 'image/png');
      const found = await store().get(key);
      assert.equal(found.byteLength, length);
      assert.ok(Buffer.from(bytes).equals(found), `${length} bytes differ`);
    }
  });

  test('put() takes a view into a larger buffer as just that view', async () => {
    const whole = randomBytes(3000);
    const view = whole.subarray(1000, 2000);
    const key = imageKey(newId('tenant'), newId('char'), view, 'image/png');
    await store().put(key, view, 'image/png');
    assert.deepEqual(Buffer.from(await store().get(key)), view);
  });

  test('put() of the same key again, also at the same time, changes nothing', async () => {
    const { key, bytes, folder } = someImage({});
    await Promise.all(Array.from({ length: 5 }, () => store().put(key, bytes, 'image/png')));
    await store().put(key, bytes, 'image/png');
    assert.deepEqual(await store().list(folder), [key]);
    assert.deepEqual(Buffer.from(await store().get(key)), Buffer.from(bytes));
  });

  test('get() of a key where nothing lies is a NotFoundError without the key in its words', async () => {
    const { key } = someImage({});
    await assert.rejects(store().get(key), (error: Error & { userMessage?: string }) => {
      assert.equal(error.name, 'NotFoundError');
      assert.ok(!error.message.includes('tenant_'), error.message);
      return true;
    });
  });
}

function testListAndRemove(store: () => ImageStore): void {
  test('list() gives the keys below a prefix, and none of a longer name that starts alike', async () => {
    const first = someImage({ folder: 'tenant_1/char_1/' });
    const second = someImage({ folder: 'tenant_1/char_2/' });
    const neighbour = someImage({ folder: 'tenant_10/char_1/' });
    for (const { key, bytes } of [first, second, neighbour]) await store().put(key, bytes, 'image/png');
    assert.deepEqual((await store().list('tenant_1/')).sort(), [first.key, second.key].sort());
    assert.deepEqual(await store().list('tenant_1/char_2/'), [second.key]);
    assert.deepEqual(await store().list('tenant_2/'), []);
  });

  test('removeAll() takes everything below a prefix, nothing beside it, and counts', async () => {
    const tenant = newId('tenant');
    const mine = [1, 2, 3].map(() => someImage({ folder: `${tenant}/char_a/` }));
    const other = someImage({ folder: `${tenant}/char_ab/` });
    for (const { key, bytes } of [...mine, other]) await store().put(key, bytes, 'image/png');

    assert.equal(await store().removeAll(`${tenant}/char_a/`), 3);
    assert.deepEqual(await store().list(`${tenant}/`), [other.key]);
    assert.equal(await store().removeAll(`${tenant}/char_a/`), 0);
    await assert.rejects(store().get(mine[0]?.key ?? ''), { name: 'NotFoundError' });
    assert.equal(await store().removeAll(`${tenant}/`), 1);
    assert.deepEqual(await store().list(`${tenant}/`), []);
  });
}

function testRefusals(store: () => ImageStore): void {
  test('a key or prefix that leaves its place is refused before anything is touched', async () => {
    const bad = [
      '',
      '/',
      'a',
      '../a/b',
      'a/../b',
      'a//b',
      '/a/b',
      'a/.b',
      'a/b/',
      'a\\b/c',
      'a/b\0',
      'a/é',
      'a/b c',
    ];
    for (const key of bad) {
      await assert.rejects(store().put(key, new Uint8Array(1), 'image/png'), RangeError, key);
      await assert.rejects(store().get(key), RangeError, key);
      assert.throws(() => store().locate(key), RangeError, key);
    }
    for (const prefix of ['', '/', 'tenant_1', '../', 'a/../', './', 'a//']) {
      await assert.rejects(store().removeAll(prefix), RangeError, prefix);
      await assert.rejects(store().list(prefix), RangeError, prefix);
    }
  });

  test('every method stops at an aborted signal with its reason', async () => {
    const { key, bytes, folder } = someImage({});
    const reason = new Error('the person went away');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(store().put(key, bytes, 'image/png', signal), reason);
    await assert.rejects(store().get(key, signal), reason);
    await assert.rejects(store().list(folder, signal), reason);
    await assert.rejects(store().removeAll(folder, signal), reason);
    assert.deepEqual(await store().list(folder), []);
  });

  test('locate() names the place of a key, and no two keys share it', () => {
    const [one, two] = [someImage({}), someImage({})];
    assert.ok(store().locate(one.key).endsWith(one.key));
    assert.notEqual(store().locate(one.key), store().locate(two.key));
  });
}

function someImage({ length = 500, folder = `${newId('tenant')}/${newId('char')}/` }) {
  const bytes = randomBytes(length);
  const name = imageKey('tenant_x', 'x', bytes, 'image/png').split('/').at(-1);
  return { key: `${folder}${name}`, bytes, folder };
}
