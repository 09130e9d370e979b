import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { configKeys, readConfig } from '#core/config.ts';

const S3 = { S3_BUCKET: 'pictures', S3_ACCESS_KEY: 'an-access-key', S3_SECRET_KEY: 'a-secret-key' };

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'ConfigError');
    assert.equal(error.cause, undefined, 'a cause could carry values into a log');
    return error.message;
  }
  assert.fail(`accepted ${Object.keys(env)}`);
}

test('readConfig() of an empty environment runs on this machine alone', () => {
  const home = resolve('.idlock');
  assert.deepEqual(readConfig({}), {
    home,
    database: { kind: 'embedded', directory: resolve(home, 'database') },
    queue: { kind: 'embedded' },
    images: { kind: 'files', directory: resolve(home, 'images') },
    models: {
      directory: resolve(home, 'models'),
      mirrors: [],
      encoder: 'bundled',
      styleEncoder: undefined,
      acceptedLicences: [],
    },
    vision: { provider: 'cpu', threads: 2 },
    renderer: { kind: 'studio' },
    mark: { visible: true },
    log: { level: 'warn', format: 'text' },
  });
});

test('readConfig() moves one part for each variable that is set', () => {
  const config = readConfig({
    ...S3,
    IDLOCK_HOME: '/srv/idlock',
    DATABASE_URL: 'postgresql://ann:pw@db.example.org/idlock',
    DATABASE_POOL_SIZE: '25',
    REDIS_URL: 'rediss://cache.example.org',
    IDLOCK_MODELS_MIRROR: 'https://a.example.org, http://b.example.org/x,',
    IDLOCK_STYLE_ENCODER: 'clip',
    IDLOCK_ACCEPT_LICENCE: 'one,two',
    IDLOCK_VISION_THREADS: '3',
    IDLOCK_VISIBLE_MARK: 'no',
    IDLOCK_LOG_LEVEL: 'debug',
  });
  assert.equal(config.home, resolve('/srv/idlock'));
  assert.deepEqual(config.database, {
    kind: 'postgres',
    url: 'postgresql://ann:pw@db.example.org/idlock',
    poolSize: 25,
  });
  assert.deepEqual(config.queue, { kind: 'redis', url: 'rediss://cache.example.org', prefix: 'idlock' });
  assert.deepEqual(config.models.mirrors, ['https://a.example.org', 'http://b.example.org/x']);
  assert.equal(config.models.directory, resolve('/srv/idlock/models'));
  assert.equal(config.models.styleEncoder, 'clip');
  assert.deepEqual(config.models.acceptedLicences, ['one', 'two']);
  assert.equal(config.vision.threads, 3);
  assert.equal(config.mark.visible, false);
  assert.equal(config.log.level, 'debug');
});

test('readConfig() chooses what the S3 server wants by whose it is', () => {
  const aws = readConfig(S3).images;
  assert.deepEqual(aws, {
    kind: 's3',
    endpoint: undefined,
    region: 'us-east-1',
    bucket: 'pictures',
    accessKey: 'an-access-key',
    secretKey: 'a-secret-key',
    forcePathStyle: false,
    checksums: 'when-supported',
  });
  const endpoint = 'https://s3.example.org';
  const own = readConfig({ ...S3, S3_ENDPOINT: endpoint }).images;
  assert.deepEqual(own, { ...aws, endpoint, forcePathStyle: true, checksums: 'when-required' });
  const told = { S3_ENDPOINT: endpoint, S3_FORCE_PATH_STYLE: 'false', S3_CHECKSUMS: 'when-supported' };
  assert.deepEqual(readConfig({ ...S3, ...told }).images, { ...aws, endpoint });
});

test('readConfig() takes empty and blank values for not set', () => {
  const blank = Object.fromEntries(configKeys.map((key, i) => [key, i % 2 ? '' : '  ']));
  assert.deepEqual(readConfig(blank), readConfig({}));
});

test('readConfig() names every missing variable of half an S3 set', () => {
  const message = refusal({ S3_ENDPOINT: 'https://s3.example.org', S3_ACCESS_KEY: 'an-access-key' });
  assert.match(message, /S3_BUCKET must be set too, as S3_ENDPOINT is; S3_SECRET_KEY must be set too/);
  assert.doesNotMatch(message, /S3_ACCESS_KEY must/);
});

test('readConfig() says of every bad variable what is expected, and of none its value', () => {
  const secret = 'hunter2 sk-live-0123456789 <not-valid>';
  const free = [
    'IDLOCK_HOME',
    'IDLOCK_MODELS_DIR',
    'S3_REGION',
    'S3_BUCKET',
    'S3_ACCESS_KEY',
    'S3_SECRET_KEY',
  ];
  const checked = configKeys.filter((key) => !free.includes(key));
  const together = refusal(Object.fromEntries(checked.map((key) => [key, secret])));
  for (const key of checked) {
    assert.match(together, new RegExp(`\\b${key} must be `), key);
    const alone = refusal({ [key]: secret });
    assert.ok(alone.includes(`${key} must be`), alone);
    assert.doesNotMatch(alone, /hunter2|sk-live|not-valid|undefined|Invalid/, alone);
  }
  assert.match(together, /IDLOCK_LOG_LEVEL must be one of trace, debug, info, warn, error, silent/);
  assert.match(together, /DATABASE_URL must be an address that starts with postgres:\/\//);
  assert.match(together, /DATABASE_POOL_SIZE must be a whole number from 1 to 500/);
});

test('readConfig() refuses numbers out of range and never falls back to a default', () => {
  for (const size of ['0', '501', '-1', '1.5', '1e2', '0x10', '99999999999999999999']) {
    assert.match(refusal({ DATABASE_POOL_SIZE: size }), /a whole number from 1 to 500/, size);
  }
});

test('readConfig() gives a config that cannot be changed', () => {
  const config = readConfig({ ...S3, IDLOCK_MODELS_MIRROR: 'https://a.example.org' });
  for (const part of [config, ...Object.values(config), config.models.mirrors]) {
    assert.ok(Object.isFrozen(part));
  }
});

test('.env.example shows every variable with words above it, and no other', async () => {
  const lines = (await readFile(new URL('../../.env.example', import.meta.url), 'utf8')).split('\n');
  const shown = lines.flatMap((line) =>
    line.match(/^# ([A-Z][A-Z0-9_]*)=(.+)$/)?.slice(1, 3) ? [line.slice(2)] : [],
  );
  const values = Object.fromEntries(shown.map((line) => line.split(/=(.*)/s).slice(0, 2)));
  assert.deepEqual(Object.keys(values).sort(), [...configKeys].sort());
  assert.ok(
    lines.every((line) => line === '' || line.startsWith('#')),
    'a copy must change nothing',
  );
  assert.doesNotThrow(() => readConfig(values), 'its values are good ones');
});
