import type { Character } from '../domain/character.ts';
import { listCharacters as listRows } from '../stores/characters.ts';
import type { Caller, Doorway } from './use-case.ts';

/** All characters of the caller's tenant, by name. */
export async function listCharacters(caller: Caller, { db }: Pick<Doorway, 'db'>): Promise<Character[]> {
  return db.inTenant(caller.tenantId, (tx) => listRows(tx));
}
