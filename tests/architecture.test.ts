import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

/**
 * Who may import whom, as data. The first row whose `of` a file's path starts with rules it. `from` lists path
 * prefixes inside the project (a file may always import from its own folder), `packages` everything else.
 */
const TABLE: readonly { of: string; from: readonly string[]; packages: readonly string[] }[] = [
  { of: 'core/domain/', from: [], packages: ['zod', 'uuid', 'node:crypto'] },
  { of: 'core/errors.ts', from: [], packages: [] },
  {
    of: 'core/config.ts',
    from: ['core/errors.ts', 'core/image-store/s3.ts'],
    packages: ['zod', 'node:path'],
  },
  { of: 'core/log', from: ['core/config.ts', 'core/redact.ts'], packages: ['pino', 'zod', 'node:'] },
  { of: 'core/redact.ts', from: [], packages: [] },
  { of: 'core/vision/', from: ['core/domain/'], packages: [] },
  { of: 'core/renderer/renderer.ts', from: ['core/domain/'], packages: [] },
  {
    of: 'core/renderer/studio/',
    from: ['core/domain/', 'core/errors.ts', 'core/imaging/', 'core/renderer/'],
    packages: ['sharp', 'node:'],
  },
  { of: 'core/imaging/', from: ['core/domain/', 'core/errors.ts'], packages: ['sharp', 'node:'] },
  {
    of: 'core/image-store/',
    from: ['core/domain/', 'core/errors.ts', 'core/config.ts'],
    packages: ['@aws-sdk/client-s3', 'node:'],
  },
  {
    of: 'core/queue/',
    from: ['core/domain/', 'core/errors.ts', 'core/log.ts', 'core/stores/database-pool.ts'],
    packages: ['bullmq', 'ioredis', 'zod', 'node:'],
  },
  {
    of: 'core/stores/',
    from: ['core/domain/', 'core/errors.ts'],
    packages: ['kysely', 'pg', '@electric-sql/', 'zod', 'node:'],
  },
  {
    of: 'core/evaluation/',
    from: ['core/domain/', 'core/errors.ts', 'core/vision/'],
    packages: ['zod', 'node:'],
  },
  {
    of: 'core/pipeline/',
    from: [
      'core/domain/',
      'core/errors.ts',
      'core/log.ts',
      'core/stores/',
      'core/imaging/',
      'core/vision/',
      'core/image-store/image-store.ts',
      'core/renderer/renderer.ts',
      'core/queue/queue.ts',
      'core/queue/job-stopped-error.ts',
    ],
    packages: ['node:timers/promises'],
  },
  {
    of: 'core/use-cases/',
    from: [
      'core/domain/',
      'core/errors.ts',
      'core/log.ts',
      'core/stores/',
      'core/imaging/',
      'core/image-store/image-store.ts',
      'core/queue/queue.ts',
    ],
    packages: ['zod', 'node:'],
  },
  { of: 'core/context.ts', from: ['core/', 'migrations/'], packages: ['node:'] },
  { of: 'core/worker.ts', from: ['core/'], packages: [] },
  { of: 'migrations/', from: ['core/errors.ts', 'core/stores/'], packages: ['node:'] },
  { of: 'models/', from: ['core/domain/', 'core/errors.ts'], packages: ['zod', 'protobufjs', 'node:'] },
  {
    of: 'gpu-worker/',
    from: ['core/domain/', 'core/errors.ts', 'core/imaging/', 'core/vision/', 'models/'],
    packages: ['onnxruntime-node', 'sharp', 'node:'],
  },
  {
    of: 'cli',
    from: ['cli/', 'core/', 'models/', 'gpu-worker/', 'migrations/'],
    packages: ['commander', 'sharp', 'node:'],
  },
  { of: 'assets/', from: [], packages: ['sharp', 'node:'] },
];

interface Import {
  readonly file: string;
  readonly from: string;
}

test('the project imports only along its import table', () => {
  const broken = sources().flatMap((file) => importsOf(file).filter((one) => !isAllowed(one)));
  assert.deepEqual(broken, []);
});

test('the import table refuses what it should', () => {
  assert.equal(isAllowed({ file: 'core/domain/face.ts', from: 'sharp' }), false);
  assert.equal(
    isAllowed({ file: 'core/use-cases/get-scene.ts', from: 'core/pipeline/generate-scene.ts' }),
    false,
  );
  assert.equal(isAllowed({ file: 'core/pipeline/mark-result.ts', from: 'onnxruntime-node' }), false);
});

test('every row of the import table rules a file', () => {
  const files = sources();
  assert.deepEqual(
    TABLE.filter((row) => !files.some((file) => rowOf(file) === row)).map(({ of }) => of),
    [],
  );
});

test('only core/config.ts reads the environment, but for the entry that hands it over', () => {
  const readers = sources().filter((file) => /^(?! *\*).*process\.env\b/m.test(readFileSync(file, 'utf8')));
  assert.deepEqual(readers, ['cli.ts']);
});

function sources(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => file && !/^(tests|bench)\//.test(file));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const statements = text.matchAll(/^(?:import|export)\s[^;'"]*?\bfrom\s+'([^']+)'/gm);
  const bare = text.matchAll(/(?:^import\s+|\bimport\()'([^']+)'/gm);
  const specifiers = [...statements, ...bare];
  return specifiers.map(([, specifier = '']) => ({ file, from: resolved(file, specifier) }));
}

/** A project path for `#core/...` and `./...`, else the package's name. */
function resolved(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier;
}

function rowOf(file: string) {
  return TABLE.find(({ of }) => file.startsWith(of));
}

function isAllowed({ file, from }: Import): boolean {
  const row = rowOf(file);
  if (!row) return false;
  const isOurs = /\.(ts|json)$/.test(from) && !from.startsWith('node:');
  if (!isOurs)
    return row.packages.some((name) => from === name || (/[:/]$/.test(name) && from.startsWith(name)));
  return dirname(from) === dirname(file) || [row.of, ...row.from].some((prefix) => from.startsWith(prefix));
}
