import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from './errors.ts';
import type { S3Settings } from './image-store/s3.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

/** Every variable that IDLock reads. The words say what is expected and are all that an error shows. */
const variables = z.object({
  IDLOCK_HOME: z.string().default('./.idlock'),
  DATABASE_URL: url('postgres', 'postgresql').optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 500).default(10),
  REDIS_URL: url('redis', 'rediss').optional(),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w-]{1,40}$/, { error: 'letters, digits, _ and -' })
    .default('idlock'),
  S3_ENDPOINT: url('http', 'https').optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: yesOrNo().optional(),
  S3_CHECKSUMS: oneOf('when-supported', 'when-required').optional(),
  IDLOCK_MODELS_DIR: z.string().optional(),
  IDLOCK_MODELS_MIRROR: listOf(url('http', 'https'), 'addresses that start with http:// or https://'),
  IDLOCK_ENCODER: packName().default('bundled'),
  IDLOCK_STYLE_ENCODER: packName().optional(),
  IDLOCK_ACCEPT_LICENCE: listOf(packName(), 'names of model packs'),
  IDLOCK_VISION_PROVIDER: oneOf('cpu', 'cuda').default('cpu'),
  IDLOCK_VISION_THREADS: wholeNumber(1, 256).default(2),
  IDLOCK_RENDERER: oneOf('studio').default('studio'),
  IDLOCK_VISIBLE_MARK: yesOrNo().default(true),
  IDLOCK_LOG_LEVEL: oneOf(...LOG_LEVELS).default('warn'),
  IDLOCK_LOG_FORMAT: oneOf('text', 'json').default('text'),
});
type Variables = z.infer<typeof variables>;

export const configKeys = Object.keys(variables.shape);

/** How this process is set up, grouped by what uses it; all paths are absolute. */
export type Config = Readonly<ReturnType<typeof configFrom>>;

/**
 * Reads the environment, once, at the start of a process; the only reader of it in the project.
 *
 * env: `process.env`, or a part of it in tests; an empty or blank value counts as not set.
 * @throws {ConfigError} when a variable is bad or missing; it names all of them with what is expected, never a value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(
    configKeys.flatMap((key) => (env[key]?.trim() ? [[key, env[key].trim()]] : [])),
  );
  const read = variables.safeParse(set);
  const wrong = read.success
    ? missingForS3(set)
    : read.error.issues.map(({ path, message }) => `${String(path[0])} must be ${message}`);
  if (!read.success || wrong.length > 0) {
    throw new ConfigError(`The environment is not set up right: ${[...new Set(wrong)].join('; ')}`);
  }
  return deepFreeze(configFrom(read.data));
}

function configFrom(read: Variables) {
  const home = resolve(read.IDLOCK_HOME);
  return {
    home,
    database: read.DATABASE_URL
      ? { kind: 'postgres' as const, url: read.DATABASE_URL, poolSize: read.DATABASE_POOL_SIZE }
      : { kind: 'embedded' as const, directory: join(home, 'database') },
    queue: read.REDIS_URL
      ? { kind: 'redis' as const, url: read.REDIS_URL, prefix: read.REDIS_PREFIX }
      : { kind: 'embedded' as const },
    images: read.S3_BUCKET
      ? { kind: 's3' as const, ...s3From(read) }
      : { kind: 'files' as const, directory: join(home, 'images') },
    models: {
      directory: resolve(read.IDLOCK_MODELS_DIR ?? join(home, 'models')),
      mirrors: read.IDLOCK_MODELS_MIRROR,
      encoder: read.IDLOCK_ENCODER,
      /** The pack that describes the look of pictures; without one, a local descriptor does. */
      styleEncoder: read.IDLOCK_STYLE_ENCODER,
      /** Names of packs whose licence the operator has read and accepted. */
      acceptedLicences: read.IDLOCK_ACCEPT_LICENCE,
    },
    vision: {
      provider: read.IDLOCK_VISION_PROVIDER,
      threads: read.IDLOCK_VISION_THREADS,
    },
    renderer: { kind: read.IDLOCK_RENDERER },
    mark: { visible: read.IDLOCK_VISIBLE_MARK },
    log: { level: read.IDLOCK_LOG_LEVEL, format: read.IDLOCK_LOG_FORMAT },
  };
}

/** Only AWS itself takes buckets as host names and the newer checksums for granted, so an endpoint turns both over. */
function s3From(read: Variables): S3Settings {
  const own = read.S3_ENDPOINT !== undefined;
  return {
    endpoint: read.S3_ENDPOINT,
    region: read.S3_REGION,
    bucket: read.S3_BUCKET ?? '',
    accessKey: read.S3_ACCESS_KEY ?? '',
    secretKey: read.S3_SECRET_KEY ?? '',
    forcePathStyle: read.S3_FORCE_PATH_STYLE ?? own,
    checksums: read.S3_CHECKSUMS ?? (own ? 'when-required' : 'when-supported'),
  };
}

/** One S3 variable means that images are to go there: half a set must not quietly write to the disk instead. */
function missingForS3(set: Readonly<Record<string, string>>): string[] {
  const [used] = Object.keys(set).filter((key) => key.startsWith('S3_'));
  if (!used) return [];
  return ['S3_BUCKET', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']
    .filter((key) => set[key] === undefined)
    .map((key) => `${key} must be set too, as ${used} is`);
}

function url(...protocols: string[]) {
  const expected = `an address that starts with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`;
  return z
    .string()
    .refine((text) => protocols.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ''), expected);
}

function oneOf<const Words extends [string, ...string[]]>(...words: Words) {
  return z.enum(words, { error: words.length > 1 ? `one of ${words.join(', ')}` : words[0] });
}

function yesOrNo() {
  return z.stringbool({ error: 'true or false' });
}

function wholeNumber(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .pipe(z.number().min(min, { error }).max(max, { error }));
}

function packName() {
  return z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'the name of a model pack' });
}

function listOf(item: z.ZodType<string>, expected: string) {
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine(
      (parts) => parts.every((part) => item.safeParse(part).success),
      `a list, with commas, of ${expected}`,
    );
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) deepFreeze(part);
  return Object.freeze(value);
}
