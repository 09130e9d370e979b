import { Command } from 'commander';
import type { Character } from '#core/domain/character.ts';
import { InvalidRequestError } from '#core/errors.ts';
import { findCharacter } from '#core/use-cases/find-character.ts';
import { forgetCharacter } from '#core/use-cases/forget-character.ts';
import { listCharacters } from '#core/use-cases/list-characters.ts';
import { showCharacter } from '#core/use-cases/show-character.ts';
import type { OpenSession } from '../command-session.ts';
import { CONSENT, CONSENT_TEXT } from '../consent.ts';
import { createAndEnrol } from '../create-character.ts';
import { collect, jsonOption } from '../options.ts';
import { readPhotoFile } from '../read-photos.ts';
import { verdictLine } from '../scene-report.ts';
import { withContext, withWorker } from '../session.ts';

interface CreateOptions {
  readonly photo: readonly string[];
  readonly consent?: true;
  readonly face?: string;
  readonly hair?: string;
  readonly distinctive?: string;
  readonly description?: string;
  readonly tag?: readonly string[];
}

export function characterCommand(openSession: OpenSession): Command {
  return new Command('character')
    .description('Create, list, show and forget characters')
    .addCommand(createCommand(openSession))
    .addCommand(listCommand(openSession))
    .addCommand(showCommand(openSession))
    .addCommand(forgetCommand(openSession));
}

function createCommand(openSession: OpenSession): Command {
  return new Command('create')
    .description('Enrol a character from 1 to 5 photos of one person')
    .argument('<name>', 'how everyone will call it')
    .requiredOption('--photo <file>', 'a clear photo of the face; repeat for up to 5', collect)
    .option('--consent', 'you agree to the text below')
    .option('--face <words>', 'the face, in words, for prompts')
    .option('--hair <words>', 'the hair, in words')
    .option('--distinctive <words>', 'scars, freckles, glasses ...')
    .option('--description <words>', 'who this is')
    .option('--tag <word>', 'a tag; may be repeated', collect)
    .addOption(jsonOption())
    .addHelpText('after', `\nThe consent you give with --consent:\n${CONSENT_TEXT.replaceAll(/^/gm, '  ')}`)
    .action(async (name: string, options: CreateOptions) => {
      const session = openSession();
      if (!options.consent) {
        throw new InvalidRequestError(
          `No face is measured without consent. If you agree, add --consent:\n${CONSENT_TEXT}`,
        );
      }
      const photos: Uint8Array[] = [];
      for (const path of options.photo) photos.push(await readPhotoFile(path, session.signal));
      const sheet = {
        description: options.description ?? '',
        face: options.face ?? '',
        hair: options.hair ?? '',
        distinctives: options.distinctive ?? '',
        tags: options.tag ?? [],
      };
      await withWorker(session, async (context, caller, { faceEncoder }) => {
        const character = await createAndEnrol(
          { name, sheet, photos, consent: CONSENT },
          { context, caller, session },
        );
        const { terminal } = session;
        terminal.line(
          `${terminal.bold(character.name)} is enrolled from ${photos.length} photo${photos.length === 1 ? '' : 's'}  ${terminal.dim(character.id)}`,
        );
        if (character.agreement)
          terminal.line(
            `  the photos agree at ${character.agreement.mean.toFixed(2)} (cosine, ${faceEncoder.id})`,
          );
        terminal.line(`  next: idlock scene "${character.name}" "what happens"`);
        terminal.document(characterDocument(character));
      });
    });
}

function listCommand(openSession: OpenSession): Command {
  return new Command('list')
    .description('All characters on this machine')
    .addOption(jsonOption())
    .action(async () => {
      const session = openSession();
      await withContext(session, async (context, caller) => {
        const characters = await listCharacters(caller, context);
        if (characters.length === 0)
          session.terminal.line('No characters yet: idlock character create --help');
        for (const { name, status, id } of characters)
          session.terminal.line(`${name.padEnd(24)} ${status.padEnd(10)} ${id}`);
        session.terminal.document({ characters: characters.map(characterDocument) });
      });
    });
}

function showCommand(openSession: OpenSession): Command {
  return new Command('show')
    .description('A character: sheet, photos, state now, last scores')
    .argument('<character>', 'name or id')
    .addOption(jsonOption())
    .action(async (nameOrId: string) => {
      const session = openSession();
      const { terminal } = session;
      await withContext(session, async (context, caller) => {
        const { character, references, state, scenes } = await showCharacter(nameOrId, caller, context);
        terminal.line(`${terminal.bold(character.name)}  ${character.status}  ${terminal.dim(character.id)}`);
        for (const [trait, words] of Object.entries(character.sheet)) {
          if (words.length > 0) terminal.line(`  ${trait}: ${String(words)}`);
        }
        for (const { position, image, face } of references) {
          const seen = face
            ? `face ${Math.round(face.quality.sizePx)} px, turned ${Math.round(face.quality.yawDegrees)} degrees`
            : 'not read';
          terminal.line(`  photo ${position}: ${image.widthPx} x ${image.heightPx}, ${seen}`);
        }
        terminal.line(
          `  now: ${state.length > 0 ? state.map(({ kind, value }) => `${kind} ${value}`).join(', ') : 'nothing is known yet'}`,
        );
        for (const { prompt, result, status } of scenes.slice(0, 5)) {
          terminal.line(
            `  ${result ? verdictLine(result.verdict, terminal) : status}  ${terminal.dim(prompt)}`,
          );
        }
        terminal.document({
          ...characterDocument(character),
          references: references.map(({ id, position, image, face }) => ({
            id,
            position,
            image: context.images.locate(image.key),
            quality: face?.quality ?? null,
          })),
          state: state.map(({ kind, slot, value, evidence }) => ({ kind, slot, value, evidence })),
          scenes: scenes.map(({ id, status }) => ({ id, status })),
        });
      });
    });
}

function forgetCommand(openSession: OpenSession): Command {
  return new Command('forget')
    .description('Erase a character: rows, vectors, pictures; it cannot be undone')
    .argument('<character>', 'name or id')
    .requiredOption('--yes', 'you mean it')
    .addOption(jsonOption())
    .action(async (nameOrId: string) => {
      const session = openSession();
      await withContext(session, async (context, caller) => {
        const { id, name } = await findCharacter(nameOrId, caller, context);
        const receipt = await forgetCharacter(id, caller, context);
        const rows = Object.values(receipt.rows).reduce((sum, count) => sum + count, 0);
        session.terminal.line(`${name} is forgotten: ${rows} rows and ${receipt.images} pictures are gone`);
        session.terminal.document(receipt);
      });
    });
}

function characterDocument({ id, name, status, sheet, agreement, failure, createdAt }: Character) {
  return {
    id,
    name,
    status,
    sheet,
    agreement,
    ...(failure ? { failure } : {}),
    createdAt: createdAt.toISOString(),
  };
}
