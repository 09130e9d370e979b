import type { Selectable } from 'kysely';
import type { Reference, ReferenceFace } from '../domain/character.ts';
import type { CharacterId, ReferenceId } from '../domain/ids.ts';
import type { Tx } from './database.ts';
import type { Schema } from './schema.ts';

export async function insertReference(tx: Tx, reference: Reference): Promise<void> {
  await tx
    .insertInto('character_references')
    .values({
      id: reference.id,
      character_id: reference.characterId,
      position: reference.position,
      image: JSON.stringify(reference.image),
      face: reference.face && JSON.stringify(reference.face),
      created_at: reference.createdAt,
    })
    .execute();
}

/** The photos of a character in the order they were given. */
export async function listReferences(tx: Tx, characterId: CharacterId): Promise<Reference[]> {
  const rows = await tx
    .selectFrom('character_references')
    .selectAll()
    .where('character_id', '=', characterId)
    .orderBy('position')
    .execute();
  return rows.map(toReference);
}

/** Records the face that enrolment found on the photo. */
export async function setReferenceFace(tx: Tx, id: ReferenceId, face: ReferenceFace): Promise<void> {
  await tx
    .updateTable('character_references')
    .set({ face: JSON.stringify(face) })
    .where('id', '=', id)
    .execute();
}

function toReference(row: Selectable<Schema['character_references']>): Reference {
  return {
    id: row.id,
    characterId: row.character_id,
    position: row.position,
    image: row.image,
    face: row.face,
    createdAt: row.created_at,
  };
}
