import { Command } from 'commander';
import type { OpenSession } from '../command-session.ts';
import { diagnose, type Finding } from '../diagnose.ts';
import { EXIT } from '../exit-codes.ts';
import { jsonOption } from '../options.ts';

export function doctorCommand(openSession: OpenSession): Command {
  return new Command('doctor')
    .description('What is in use, what is missing, and how to add it')
    .addOption(jsonOption())
    .action(async () => {
      const session = openSession();
      const { terminal } = session;
      const findings = await diagnose(session);
      for (const { part, isWell, inUse, advice } of findings) {
        const mark = isWell ? terminal.colour('green', 'ok  ') : terminal.colour('red', 'fix ');
        terminal.line(`${mark} ${part.padEnd(10)} ${inUse}`);
        if (advice) terminal.line(terminal.dim(`                ${advice}`));
      }
      terminal.document({ isWell: findings.every(isWellFinding), findings });
      if (!findings.every(isWellFinding)) process.exitCode = EXIT.failed;
    });
}

function isWellFinding({ isWell }: Finding): boolean {
  return isWell;
}
