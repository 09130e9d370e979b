import { Command } from 'commander';
import type { Context } from '#core/context.ts';
import type { AspectRatio } from '#core/domain/aspect-ratio.ts';
import type { Character } from '#core/domain/character.ts';
import { InvalidRequestError } from '#core/errors.ts';
import { forgetCharacter } from '#core/use-cases/forget-character.ts';
import type { SceneView } from '#core/use-cases/get-scene.ts';
import { listCharacters } from '#core/use-cases/list-characters.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import type { OpenSession } from '../command-session.ts';
import { CONSENT, CONSENT_TEXT } from '../consent.ts';
import { createAndEnrol } from '../create-character.ts';
import { DEMO_SCENES, DEMO_SHEET, demoPhotos } from '../demo-story.ts';
import { drawScene } from '../draw-scene.ts';
import { EXIT } from '../exit-codes.ts';
import { aspectOption, collect, jsonOption, seedOption, sizeOption } from '../options.ts';
import { readPhotoFile } from '../read-photos.ts';
import { printScene, sceneDocument } from '../scene-report.ts';
import { withWorker } from '../session.ts';
import { writeStory } from '../write-story.ts';

interface DemoOptions {
  readonly photo?: readonly string[];
  readonly name: string;
  readonly scene?: readonly string[];
  readonly aspect: AspectRatio;
  readonly size: number;
  readonly seed: number;
}

export function demoCommand(openSession: OpenSession): Command {
  return new Command('demo')
    .description(
      'Enrol a character, draw a three-scene story, score and remember it, and write a contact sheet',
    )
    .option('--photo <file>', 'your own photo (you agree to the consent text); repeat for up to 5', collect)
    .option('--name <name>', 'name of the character', 'Mira')
    .option('--scene <prompt>', 'your own scene; repeat for more', collect)
    .addOption(aspectOption())
    .addOption(sizeOption())
    .addOption(seedOption().default(7))
    .addOption(jsonOption())
    .addHelpText('after', `\nWith --photo you agree:\n${CONSENT_TEXT.replaceAll(/^/gm, '  ')}`)
    .action(async (options: DemoOptions) => {
      const session = openSession();
      const { terminal, signal, config } = session;
      const photos: Uint8Array[] = [];
      for (const path of options.photo ?? (await demoPhotos()))
        photos.push(await readPhotoFile(path, signal));

      await withWorker(session, async (context, caller, { faceEncoder: encoder }) => {
        await makeRoom(options.name, caller, context);
        const hands = { context, caller, session };
        const character = await createAndEnrol(
          { name: options.name, sheet: DEMO_SHEET, photos, consent: CONSENT },
          hands,
        );
        terminal.line(
          `${terminal.bold(character.name)} is enrolled from ${photos.length} photo${photos.length === 1 ? '' : 's'}${agreementWords(character)}\n`,
        );

        const views: SceneView[] = [];
        for (const [i, prompt] of (options.scene ?? DEMO_SCENES).entries()) {
          const look = { aspectRatio: options.aspect, sizePx: options.size, seed: options.seed + i };
          const view = await drawScene({ character: character.id, prompt, ...look }, hands);
          printScene(view, context.images, terminal);
          terminal.line();
          views.push(view);
        }
        const scenes = views.map(({ scene }) => scene);
        const story = await writeStory({ characterId: character.id, scenes, encoder }, { context, caller });
        if (story) terminal.line(`contact sheet  ${story.png}\nstory page     ${story.html}`);
        terminal.line(terminal.dim(`next: idlock scene "${character.name}" "what happens next"`));
        terminal.document({
          character: {
            id: character.id,
            name: character.name,
            references: photos.length,
            agreement: character.agreement,
          },
          scenes: views.map((view) => sceneDocument(view, context.images)),
          encoder: encoder.id,
          home: config.home,
          story,
        });
        if (views.some(({ scene }) => !scene.result)) process.exitCode = EXIT.failed;
      });
    });
}

/** The demo starts over with its own character, and never touches one that was made by hand. */
async function makeRoom(name: string, caller: Caller, context: Context): Promise<void> {
  const characters = await listCharacters(caller, context);
  const holder = characters.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
  if (!holder) return;
  if (holder.sheet.description !== DEMO_SHEET.description) {
    throw new InvalidRequestError(
      `You have a character named "${holder.name}" already: give the demo another --name`,
    );
  }
  await forgetCharacter(holder.id, caller, context);
}

function agreementWords({ agreement }: Character): string {
  return agreement ? `; they agree at ${agreement.mean.toFixed(2)}` : '';
}
