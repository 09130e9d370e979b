import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { StorageError } from '#core/errors.ts';
import { type Database, openDatabase } from '#core/stores/database.ts';
import { migrate } from '#migrations/migrate.ts';
import { startPostgres } from '#tests/servers/start.ts';

const OURS = join(import.meta.dirname, '../../migrations');

describe('migrate() on the embedded database', () => {
  testMigrate(async () => {
    const home = await mkdtemp(join(tmpdir(), 'idlock-migrate-'));
    const database = await openDatabase({ home });
    return { databases: [database], discard: () => rm(home, { recursive: true }) };
  });
});

describe('migrate() on a Postgres server', () => {
  testMigrate(async () => {
    const server = await startPostgres();
    const open = () => openDatabase({ url: server.url, home: '' });
    return {
      databases: [await open(), await open(), await open()],
      discard: () => server[Symbol.asyncDispose](),
    };
  });
});

/** databases: the same one, opened by as many migrators as it allows. */
function testMigrate(open: () => Promise<{ databases: Database[]; discard: () => PromiseLike<void> }>): void {
  let opened: Awaited<ReturnType<typeof open>>;
  let folder: string;
  const pool = () => opened.databases[0]?.pool ?? assert.fail('not open');

  before(async () => {
    opened = await open();
    folder = await mkdtemp(join(tmpdir(), 'idlock-migrations-'));
  });
  after(async () => {
    await Promise.all(opened.databases.map((database) => database.close()));
    await opened.discard();
    await rm(folder, { recursive: true });
  });

  /** A copy of IDLock's migrations with some files more, or others in their place. */
  async function directory(name: string, files: Record<string, string>): Promise<URL> {
    const copy = join(folder, name);
    await mkdir(copy);
    for (const file of (await readdir(OURS)).filter((file) => file.endsWith('.sql'))) {
      await cp(join(OURS, file), join(copy, file));
    }
    for (const [file, sql] of Object.entries(files)) await writeFile(join(copy, file), sql);
    return pathToFileURL(`${copy}/`);
  }

  async function tableExists(name: string): Promise<boolean> {
    const { rows } = await pool().query<{ found: string | null }>('select to_regclass($1)::text as found', [
      `public.${name}`,
    ]);
    return rows[0]?.found != null;
  }

  it('applies each file once, also with several migrators at the same moment', async () => {
    const migrators = Array.from({ length: 3 }, (_, i) => opened.databases[i] ?? opened.databases[0]);
    const applied = await Promise.all(migrators.map((database) => database && migrate(database.pool)));
    const files = (await readdir(OURS)).filter((file) => file.endsWith('.sql')).sort();
    assert.deepEqual(applied.flat().sort(), files);
    assert.deepEqual(await migrate(pool()), []);
  });

  it('a file that fails is undone and named, and what came before it stays', async () => {
    const failing = await directory('failing', {
      '9001-before.sql': 'create table from_before (x int);',
      '9002-failing.sql': 'create table half_made (x int); select 1/0;',
    });
    await assert.rejects(migrate(pool(), { directory: failing }), (error) => {
      assert.ok(error instanceof StorageError);
      assert.match(error.userMessage, /9002-failing.sql failed and was undone: division by zero/);
      return true;
    });
    assert.deepEqual([await tableExists('from_before'), await tableExists('half_made')], [true, false]);
    await writeFile(new URL('9002-failing.sql', failing), 'create table half_made (x int);');
    assert.deepEqual(await migrate(pool(), { directory: failing }), ['9002-failing.sql']);
  });

  it('a database with files that the code does not know is refused', async () => {
    await assert.rejects(migrate(pool()), /newer than this idlock \(it has 9001-before.sql\). Update idlock/);
  });

  it('a file that was edited after it ran is refused, whatever its line ends', async () => {
    const original = await readFile(join(OURS, '0002-people.sql'), 'utf8');
    const known = { '9001-before.sql': 'create table from_before (x int);' };
    const rest = { ...known, '9002-failing.sql': 'create table half_made (x int);' };
    const windows = await directory('windows', {
      ...rest,
      '0002-people.sql': original.replaceAll('\n', '\r\n'),
    });
    assert.deepEqual(await migrate(pool(), { directory: windows }), []);
    const edited = await directory('edited', { ...rest, '0002-people.sql': `${original}-- more` });
    await assert.rejects(migrate(pool(), { directory: edited }), /0002-people.sql was edited after it ran/);
  });
}
