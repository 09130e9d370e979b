import type { Context } from '#core/context.ts';
import type { Character } from '#core/domain/character.ts';
import { BadPhotoError } from '#core/errors.ts';
import { type CreateCharacterInput, createCharacter } from '#core/use-cases/create-character.ts';
import { followEnrolment } from '#core/use-cases/follow.ts';
import { forgetCharacter } from '#core/use-cases/forget-character.ts';
import type { Caller } from '#core/use-cases/use-case.ts';
import type { Session } from './command-session.ts';

/**
 * Creates a character and waits until it is enrolled. One that cannot be enrolled is forgotten again: its name is free
 * and none of its photos stay.
 *
 * @throws {BadPhotoError} with every reason when the photos cannot be used.
 */
export async function createAndEnrol(
  input: CreateCharacterInput,
  { context, caller, session }: { context: Context; caller: Caller; session: Session },
): Promise<Character> {
  const { terminal, signal } = session;
  const created = await createCharacter(input, caller, context, signal);
  terminal.progress(
    `  reading ${input.photos.length} photo${input.photos.length === 1 ? '' : 's'} of ${created.name}`,
  );
  try {
    const character = await followEnrolment(created.id, caller, context, signal);
    terminal.settle();
    if (character.status === 'failed')
      throw new BadPhotoError(`Cannot enrol ${character.name}. ${character.failure ?? ''}`);
    return character;
  } catch (error) {
    await forgetCharacter(created.id, caller, context);
    throw error;
  }
}
