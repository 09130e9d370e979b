import { Command } from 'commander';
import type { OpenSession } from './command-session.ts';
import { backupCommand } from './commands/backup.ts';
import { characterCommand } from './commands/character.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { historyCommand } from './commands/history.ts';
import { migrateCommand } from './commands/migrate.ts';
import { modelsCommand } from './commands/models.ts';
import { sceneCommand } from './commands/scene.ts';

const LESSON = `
First steps:
  $ idlock demo                                        a character, three scenes, a contact sheet
  $ idlock character create Mira --photo a.jpg --photo b.jpg --consent
  $ idlock scene Mira "stands on a cliff at sunset in a torn red cloak"
  $ idlock scene Mira "walks into a tavern at night"   the cloak is still torn and red
  $ idlock history Mira                                every scene with its IDR and state

IDR is the cosine between the character's identity vector and the drawn face; the confidence beside it means the same
for every encoder. Everything lies in .idlock/ (move it with IDLOCK_HOME) until DATABASE_URL, REDIS_URL or S3_* say
otherwise: "idlock doctor" shows what is in use.

Exit codes: 0 done, 1 failed, 2 bad usage or input, 3 not found, 75 try again later, 130 interrupted.`;

/** The whole command line, as data: what it teaches is what it does. */
export function idlockCommand(openSession: OpenSession): Command {
  const idlock = new Command('idlock')
    .description('Characters that keep their face, scene after scene, with a score under every picture.')
    .version('0.1.0')
    .addCommand(demoCommand(openSession))
    .addCommand(characterCommand(openSession))
    .addCommand(sceneCommand(openSession))
    .addCommand(historyCommand(openSession))
    .addCommand(modelsCommand(openSession))
    .addCommand(evaluateCommand(openSession))
    .addCommand(migrateCommand(openSession))
    .addCommand(backupCommand(openSession))
    .addCommand(doctorCommand(openSession))
    .addHelpText('after', LESSON);
  throwInsteadOfExiting(idlock);
  return idlock;
}

/** Commander hands these settings down only to commands it makes itself. */
function throwInsteadOfExiting(command: Command): void {
  command.showHelpAfterError('(add --help for what this command takes)').exitOverride();
  for (const inner of command.commands) throwInsteadOfExiting(inner);
}
