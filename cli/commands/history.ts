import { Command } from 'commander';
import { getScene } from '#core/use-cases/get-scene.ts';
import { showCharacter } from '#core/use-cases/show-character.ts';
import type { OpenSession } from '../command-session.ts';
import { jsonOption, wholeNumber } from '../options.ts';
import { printScene, sceneDocument } from '../scene-report.ts';
import { withContext } from '../session.ts';

export function historyCommand(openSession: OpenSession): Command {
  return new Command('history')
    .description('Every scene of a character, oldest first, with IDR, state and picture')
    .argument('<character>', 'name or id')
    .option('--last <n>', 'only the last n scenes', wholeNumber)
    .addOption(jsonOption())
    .action(async (nameOrId: string, options: { last?: number }) => {
      const session = openSession();
      const { terminal } = session;
      await withContext(session, async (context, caller) => {
        const { character, scenes } = await showCharacter(nameOrId, caller, context);
        const shown = scenes.slice(0, options.last ?? scenes.length).toReversed();
        const views = [];
        for (const { id } of shown) views.push(await getScene(id, caller, context));
        if (views.length === 0)
          terminal.line(`${character.name} has no scenes yet: idlock scene "${character.name}" "..."`);
        for (const view of views) printScene(view, context.images, terminal);
        terminal.document({
          character: { id: character.id, name: character.name },
          scenes: views.map((view) => ({
            ...sceneDocument(view, context.images),
            story: view.scene.storyId,
          })),
        });
      });
    });
}
