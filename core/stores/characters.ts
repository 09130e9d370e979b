import type { Selectable } from 'kysely';
import type { Character, CharacterSheet, CharacterStatus } from '../domain/character.ts';
import type { CharacterId, TenantId, UserId } from '../domain/ids.ts';
import { InvalidRequestError } from '../errors.ts';
import type { Tx } from './database.ts';
import type { Schema } from './schema.ts';

/**
 * Saves a new character as `enrolling`.
 *
 * @throws {InvalidRequestError} when the tenant has a character of that name, in whatever case.
 */
export async function insertCharacter(
  tx: Tx,
  input: { id: CharacterId; tenantId: TenantId; ownerId: UserId; name: string; sheet: CharacterSheet },
): Promise<Character> {
  const row = await tx
    .insertInto('characters')
    .values({
      tenant_id: input.tenantId,
      id: input.id,
      owner_id: input.ownerId,
      name: input.name,
      name_key: nameKey(input.name),
      sheet: JSON.stringify(input.sheet),
    })
    .onConflict((conflict) => conflict.constraint('characters_name').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row) return toCharacter(row);
  throw new InvalidRequestError(
    `A character named '${input.name}' exists here already. Choose another name, or forget that one first.`,
  );
}

export async function getCharacter(tx: Tx, id: CharacterId): Promise<Character | undefined> {
  const row = await tx.selectFrom('characters').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toCharacter(row);
}

/** Finds a character by what a person typed: case, width and outer spaces do not matter. */
export async function findCharacterByName(tx: Tx, name: string): Promise<Character | undefined> {
  const row = await tx
    .selectFrom('characters')
    .selectAll()
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst();
  return row && toCharacter(row);
}

/** All characters of the tenant, oldest first. */
export async function listCharacters(tx: Tx): Promise<Character[]> {
  const rows = await tx.selectFrom('characters').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(toCharacter);
}

/** Sets the status; the failure is cleared unless given, the agreement of the photos stays unless given. */
export async function setCharacterStatus(
  tx: Tx,
  id: CharacterId,
  status: CharacterStatus,
  { failure, agreement }: { failure?: string; agreement?: Character['agreement'] } = {},
): Promise<void> {
  await tx
    .updateTable('characters')
    .set({
      status,
      failure: failure ?? null,
      updated_at: new Date(),
      ...(agreement !== undefined && { agreement: agreement && JSON.stringify(agreement) }),
    })
    .where('id', '=', id)
    .execute();
}

/** Reads the character and holds it until the transaction ends: its scenes and its forgetting take turns. */
export async function lockCharacter(tx: Tx, id: CharacterId): Promise<Character | undefined> {
  const row = await tx
    .selectFrom('characters')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && toCharacter(row);
}

/** Characters of all tenants that wait to be enrolled, oldest first. For `asSystem`. */
export async function enrollingCharacters(
  tx: Tx,
): Promise<{ tenantId: TenantId; characterId: CharacterId; updatedAt: Date }[]> {
  return tx
    .selectFrom('characters')
    .select(['tenant_id as tenantId', 'id as characterId', 'updated_at as updatedAt'])
    .where('status', '=', 'enrolling')
    .orderBy('created_at')
    .execute();
}

function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function toCharacter(row: Selectable<Schema['characters']>): Character {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    ownerId: row.owner_id,
    name: row.name,
    sheet: row.sheet,
    status: row.status,
    failure: row.failure,
    agreement: row.agreement,
    createdAt: row.created_at,
  };
}
