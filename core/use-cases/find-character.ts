import type { Character } from '../domain/character.ts';
import { isId } from '../domain/ids.ts';
import { NotFoundError } from '../errors.ts';
import { findCharacterByName, getCharacter, listCharacters } from '../stores/characters.ts';
import type { Caller, Doorway } from './use-case.ts';

/**
 * Finds a character of the caller's tenant by id or by name (any letter case).
 *
 * @throws {NotFoundError} that names the characters there are; another tenant's look like nothing.
 */
export async function findCharacter(
  nameOrId: string,
  caller: Caller,
  { db }: Pick<Doorway, 'db'>,
): Promise<Character> {
  return db.inTenant(caller.tenantId, async (tx) => {
    const found = isId('char', nameOrId)
      ? await getCharacter(tx, nameOrId)
      : await findCharacterByName(tx, nameOrId.trim());
    if (found) return found;
    const names = (await listCharacters(tx)).map(({ name }) => `"${name}"`);
    const known = names.length > 0 ? `there is ${names.slice(0, 10).join(', ')}` : 'create one first';
    throw new NotFoundError(`There is no character "${nameOrId.slice(0, 40)}": ${known}`);
  });
}
