import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { openLog } from '#core/log.ts';

function openCollected(level: 'debug' | 'warn' | 'silent', format: 'text' | 'json') {
  const lines: string[] = [];
  return { lines, log: openLog({ level, format }, (line) => lines.push(line)) };
}

/** What is written for `fields`, as one JSON line. */
function written(fields: Record<string, unknown>): string {
  const { log, lines } = openCollected('debug', 'json');
  log.info(fields, 'Scene done');
  assert.equal(lines.length, 1);
  return lines[0] ?? '';
}

test('openLog() writes JSON lines with level, time, subsystem, fields and message', () => {
  const { log, lines } = openCollected('debug', 'json');
  log.subsystem('queue').info({ sceneId: 'scene_1', ms: 12 }, 'Scene done');
  const { time, ...rest } = JSON.parse(lines[0] ?? '');
  assert.match(time, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.deepEqual(rest, {
    level: 'info',
    subsystem: 'queue',
    sceneId: 'scene_1',
    ms: 12,
    msg: 'Scene done',
  });
});

test('openLog() writes text lines for people, with the stack of an error below', () => {
  const { log, lines } = openCollected('debug', 'text');
  const queue = log.subsystem('queue');
  queue.warn({ sceneId: 'scene_1', ms: 12 }, 'Scene was slow');
  queue.error({ err: new Error('broken pipe', { cause: new Error('gone') }) }, 'Scene failed');
  assert.match(lines[0] ?? '', /^\S+Z warn {2}queue Scene was slow sceneId="scene_1" ms=12\n$/);
  assert.match(lines[1] ?? '', /error queue Scene failed\n {2}Error: broken pipe\n {6}at .*\n/);
});

test('openLog() keeps to its level', () => {
  const { log, lines } = openCollected('warn', 'text');
  log.debug({}, 'Detail');
  log.info({}, 'News');
  log.warn({}, 'Trouble');
  assert.equal(lines.length, 1);
  const silent = openCollected('silent', 'text');
  silent.log.error({}, 'Unheard');
  assert.equal(silent.lines.length, 0);
});

test('openLog() writes no secret by its name, at any depth', () => {
  const secret = 'open-sesame';
  const names = [
    'token',
    'botToken',
    'password',
    'authorization',
    'Cookie',
    'apiKey',
    'S3_SECRET_KEY',
    'accessKey',
  ];
  for (const name of names) {
    const line = written({ [name]: secret, request: { headers: [{ [name]: secret }] } });
    assert.ok(!line.includes(secret), `${name}: ${line}`);
    assert.ok(line.includes('[redacted]'));
  }
  assert.match(written({ tokens: 120 }), /"tokens":120/);
});

test('openLog() writes no secret by its form, in texts and errors', () => {
  const secrets = {
    'postgres://ann:open-sesame@db.example.org/idlock': 'open-sesame',
    'https://cdn.example.org/a.png?ex=66aa&hm=open-sesame&size=2': 'open-sesame',
    'https://b.example.org/a.png?X-Amz-Credential=AKIAOPEN&X-Amz-Signature=0pen5e5ame': '0pen5e5ame',
    'Authorization: Bearer open.sesame.42': 'open.sesame.42',
    'posted with xoxb-1234-open-sesame': 'xoxb-1234',
    'key sk-proj-0pen5e5ame0pen5e5ame': '0pen5e5ame',
    'data:image/png;base64,iVBORw0KGgoOPEN': 'iVBORw0KGgoOPEN',
  };
  for (const [text, secret] of Object.entries(secrets)) {
    assert.ok(!written({ text }).includes(secret), text);
    const err = Object.assign(new Error(text, { cause: new Error(text) }), { request: { text } });
    assert.ok(!written({ err }).includes(secret), `error: ${text}`);
  }
});

test('openLog() writes bytes and vectors as their length, and cuts what is long', () => {
  assert.match(written({ image: new Uint8Array(5000) }), /"image":"\[5000 bytes\]"/);
  assert.match(written({ found: { values: new Float32Array(128) } }), /\[512 bytes\]/);
  assert.match(written({ embedding: [0.1, 0.2] }), /"embedding":"\[redacted\]"/);
  assert.match(written({ values: Array.from({ length: 128 }, () => 0.25) }), /"values":"\[128 items\]"/);
  const long = written({ prompt: 'x'.repeat(10_000_000) });
  assert.ok(long.length < 2500);
  assert.match(long, /\[10000000 chars\]/);
  const atTheCut = `${'x'.repeat(1985)} postgres://ann:${'open-sesame'.repeat(5)}@db`;
  assert.ok(!written({ text: atTheCut }).includes('open-'));
});

test('openLog() survives what JSON cannot hold', () => {
  const circle: Record<string, unknown> = { big: 12n, when: new Date(Number.NaN), run: () => 1 };
  circle.self = circle;
  const line = written(circle);
  assert.match(line, /"big":"12"/);
  assert.match(line, /\[deep\]/);
});

test('openLog() goes to stderr and leaves stdout to results', () => {
  const code = `
    import { openLog } from '#core/log.ts';
    openLog({ level: 'info', format: 'text' }).info({ ms: 1 }, 'Scene done');
    process.stdout.write('{}');
    process.exit(3);`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  assert.deepEqual([stdout, status], ['{}', 3]);
  assert.match(stderr, /Scene done ms=1\n$/);
});

test('openLog() lets the work go on when nobody reads stderr any more', async () => {
  const code = `
    import { openLog } from '#core/log.ts';
    const log = openLog({ level: 'info', format: 'text' });
    process.stdin.once('data', async () => {
      for (let i = 0; i < 100; i++) log.info({ i }, 'Scene done');
      await new Promise(setImmediate);
      process.stdout.write('finished');
      process.exit();
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'pipe' });
  child.stderr.destroy();
  await once(child.stderr, 'close');
  child.stdin.write('go');
  assert.equal(await text(child.stdout), 'finished');
});
