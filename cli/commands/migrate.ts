import { Command } from 'commander';
import { serverOf } from '#core/context.ts';
import { openDatabase } from '#core/stores/database.ts';
import { migrate } from '#migrations/migrate.ts';
import type { OpenSession } from '../command-session.ts';
import { jsonOption } from '../options.ts';

export function migrateCommand(openSession: OpenSession): Command {
  return new Command('migrate')
    .description('Bring the database up to this version; the embedded one is also migrated by every start')
    .addOption(jsonOption())
    .action(async () => {
      const { config, terminal, signal } = openSession();
      const db = await openDatabase({ ...serverOf(config), home: config.home }, signal);
      try {
        const applied = await migrate(db.pool, { signal });
        terminal.line(applied.length > 0 ? `applied ${applied.join(', ')}` : 'the database is up to date');
        terminal.document({ database: db.kind, applied });
      } finally {
        await db.close();
      }
    });
}
