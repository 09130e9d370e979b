import { join } from 'node:path';
import { Command } from 'commander';
import { serverOf } from '#core/context.ts';
import { InvalidRequestError } from '#core/errors.ts';
import { openDatabase } from '#core/stores/database.ts';
import { backupEmbedded, restoreEmbedded } from '#core/stores/embedded/backup.ts';
import type { OpenSession } from '../command-session.ts';
import { jsonOption } from '../options.ts';

export function backupCommand(openSession: OpenSession): Command {
  return new Command('backup')
    .description('Save or restore the embedded database (it survives crashes, but not a power cut)')
    .addCommand(saveCommand(openSession))
    .addCommand(restoreCommand(openSession));
}

function saveCommand(openSession: OpenSession): Command {
  return new Command('save')
    .description(
      'Write the whole database to one file; pictures lie in .idlock/images and are copied as files',
    )
    .argument('<file>', 'a .tar.gz to write')
    .addOption(jsonOption())
    .action(async (file: string) => {
      const { config, terminal, signal } = openSession();
      const db = await openDatabase({ ...serverOf(config), home: config.home }, signal);
      try {
        if (db.kind !== 'embedded')
          throw new InvalidRequestError('DATABASE_URL is set: back that server up with pg_dump');
        terminal.progress('  writing the backup');
        await backupEmbedded(db.pool, file);
        terminal.line(`the database is saved in ${file}`);
        terminal.document({ file });
      } finally {
        await db.close();
      }
    });
}

function restoreCommand(openSession: OpenSession): Command {
  return new Command('restore')
    .description('Bring a saved database back, where none is now')
    .argument('<file>', 'a .tar.gz that "backup save" wrote')
    .addOption(jsonOption())
    .action(async (file: string) => {
      const { config, terminal, signal } = openSession();
      await restoreEmbedded(file, join(config.home, 'database'), signal);
      terminal.line(`the database is restored from ${file}`);
      terminal.document({ file });
    });
}
