import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileFailure } from '#core/image-store/file-failure.ts';
import { fileSystemImageStore } from '#core/image-store/file-system.ts';
import { testImageStore } from '#tests/contracts/image-store.ts';

testImageStore('fileSystemImageStore()', async () => {
  const root = await mkdtemp(join(tmpdir(), 'idlock-images-'));
  return {
    store: fileSystemImageStore(join(root, 'images')),
    close: () => rm(root, { recursive: true, force: true }),
  };
});

describe('fileSystemImageStore()', () => {
  let root: string;
  const key = 'tenant_1/char_1/photo.png';
  const unfinished = '.01234567-89ab-cdef-0123-456789abcdef.tmp';
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'idlock-images-'));
  });
  after(() => rm(root, { recursive: true, force: true }));

  test('keeps files and folders for the running user only', {
    skip: process.platform === 'win32',
  }, async () => {
    const store = fileSystemImageStore(join(root, 'private'));
    await store.put(key, randomBytes(10), 'image/png');
    assert.equal((await stat(store.locate(key))).mode & 0o777, 0o600);
    assert.equal((await stat(join(root, 'private', 'tenant_1'))).mode & 0o777, 0o700);
  });

  test('removeAll() leaves no empty folder and no unfinished file behind', async () => {
    const store = fileSystemImageStore(join(root, 'removed'));
    await store.put(key, randomBytes(10), 'image/png');
    await writeFile(join(root, 'removed', 'tenant_1', 'char_1', unfinished), 'half a face');
    assert.equal(await store.removeAll('tenant_1/char_1/'), 1);
    assert.deepEqual(await readdir(join(root, 'removed')), []);
  });

  test('put() sweeps old unfinished files, leaves fresh ones to their writer, and list() shows neither', async () => {
    const store = fileSystemImageStore(join(root, 'swept'));
    const folder = join(root, 'swept', 'tenant_1', 'char_1');
    await mkdir(folder, { recursive: true });
    const fresh = unfinished.replace('0', 'f');
    for (const name of [unfinished, fresh]) await writeFile(join(folder, name), 'half a picture');
    const anHourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(folder, unfinished), anHourAgo, anHourAgo);

    assert.deepEqual(await store.list('tenant_1/'), []);
    await store.put(key, randomBytes(10), 'image/png');
    assert.deepEqual((await readdir(folder)).sort(), [fresh, 'photo.png'].sort());
    assert.deepEqual(await store.list('tenant_1/'), [key]);
  });

  test('put() holds its own while removeAll() takes the folders around it', async () => {
    const store = fileSystemImageStore(join(root, 'raced'));
    for (let i = 0; i < 50; i++) {
      await store.put('tenant_1/char_1/photo.png', randomBytes(10), 'image/png');
      await Promise.all([
        store.removeAll('tenant_1/char_1/'),
        store.put('tenant_1/char_1/late.png', randomBytes(1000), 'image/png'),
        store.put('tenant_1/char_2/photo.png', randomBytes(1000), 'image/png'),
      ]);
      const late = await store.list('tenant_1/char_1/');
      assert.ok(late.length === 0 || late[0] === 'tenant_1/char_1/late.png', 'kept whole or gone');
      await store.removeAll('tenant_1/char_1/');
      assert.deepEqual(await store.list('tenant_1/'), ['tenant_1/char_2/photo.png']);
      await store.removeAll('tenant_1/char_2/');
    }
  });

  test('a file in the place of the folder is a StorageError that says so', async () => {
    await writeFile(join(root, 'taken'), 'not a folder');
    const store = fileSystemImageStore(join(root, 'taken'));
    const words = {
      name: 'StorageError',
      retryable: false,
      userMessage: /A file lies where the image folder/,
    };
    await assert.rejects(store.put(key, randomBytes(10), 'image/png'), words);
    await assert.rejects(store.get(key), words);
    await assert.rejects(store.list('tenant_1/'), words);
  });

  test('a put() that fails at its last step leaves no unfinished file', async () => {
    const store = fileSystemImageStore(join(root, 'blocked'));
    await mkdir(join(root, 'blocked', ...key.split('/'), 'in-the-way'), { recursive: true });
    await assert.rejects(store.put(key, randomBytes(10), 'image/png'), {
      name: 'StorageError',
      retryable: true,
    });
    assert.deepEqual(await readdir(join(root, 'blocked', 'tenant_1', 'char_1')), ['photo.png']);
  });
});

test('fileSystemImageStore() killed while it writes shows whole images only', async () => {
  const root = await mkdtemp(join(tmpdir(), 'idlock-images-'));
  const writer = `
    import { createHash, randomBytes } from 'node:crypto';
    import { fileSystemImageStore } from '#core/image-store/file-system.ts';
    const store = fileSystemImageStore(${JSON.stringify(root)});
    for (;;) {
      const bytes = randomBytes(2_000_000);
      const name = createHash('sha256').update(bytes).digest('hex');
      await store.put('tenant_1/char_1/' + name, bytes, 'image/png');
      process.stdout.write('.');
    }`;
  try {
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', writer], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      for (let written = 0; written < 2 + round; written++) await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const store = fileSystemImageStore(root);
    const keys = await store.list('tenant_1/');
    assert.ok(keys.length >= 3);
    for (const key of keys) {
      const sha256 = createHash('sha256')
        .update(await readFile(store.locate(key)))
        .digest('hex');
      assert.equal(key, `tenant_1/char_1/${sha256}`);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});

test('fileSystemImageStore() on a full disk says so, loses nothing and leaves nothing half-written', async (t) => {
  const disk = await mkdtemp(join(tmpdir(), 'idlock-small-disk-'));
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=256k', 'none', disk], { stdio: 'ignore' });
  } catch {
    await rm(disk, { recursive: true });
    return t.skip('needs the right to mount a small file system, to fill it');
  }
  try {
    const store = fileSystemImageStore(disk);
    const kept = randomBytes(50_000);
    await store.put('tenant_1/char_1/kept.png', kept, 'image/png');
    await assert.rejects(store.put('tenant_1/char_1/big.png', randomBytes(900_000), 'image/png'), {
      name: 'StorageError',
      retryable: true,
      userMessage: /disk is full: free some space/,
    });
    assert.deepEqual(await readdir(join(disk, 'tenant_1', 'char_1')), ['kept.png']);
    assert.deepEqual(await store.get('tenant_1/char_1/kept.png'), kept);
  } finally {
    execFileSync('/bin/umount', [disk]);
    await rm(disk, { recursive: true, force: true });
  }
});

test('fileFailure() names what to do for each kind of refusal, and never a path', () => {
  const failure = (code: string) =>
    fileFailure(Object.assign(new Error(`${code}: open '/home/ann/x'`), { code }));
  assert.match(failure('EACCES').userMessage, /give this user the right/);
  assert.match(failure('EPERM').userMessage, /give this user the right/);
  assert.match(failure('EROFS').userMessage, /read-only: move IDLOCK_HOME/);
  assert.match(failure('EDQUOT').userMessage, /quota is used up/);
  assert.match(failure('EIO').userMessage, /try again/);
  assert.deepEqual(
    ['EACCES', 'EROFS', 'ENOSPC', 'EDQUOT', 'EIO'].map((code) => failure(code).retryable),
    [false, false, true, true, true],
  );
  assert.ok(!failure('EIO').message.includes('/home'));
});
