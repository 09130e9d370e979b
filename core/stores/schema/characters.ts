import type { ColumnType, Generated } from 'kysely';
import type { Character, CharacterSheet, CharacterStatus, ReferenceFace } from '../../domain/character.ts';
import type { CharacterId, ConsentId, ReferenceId, UserId } from '../../domain/ids.ts';
import type { ImageRef } from '../../domain/image-ref.ts';
import type { Json, MadeAt, OwnTenant, VectorRole } from './column.ts';

interface Characters {
  tenant_id: OwnTenant;
  id: CharacterId;
  owner_id: UserId;
  name: string;
  name_key: string;
  sheet: Json<CharacterSheet>;
  status: Generated<CharacterStatus>;
  failure: string | null;
  agreement: ColumnType<Character['agreement'], string | null, string | null>;
  created_at: MadeAt;
  updated_at: Generated<Date>;
}

interface CharacterReferences {
  tenant_id: OwnTenant;
  id: ReferenceId;
  character_id: CharacterId;
  position: number;
  image: Json<ImageRef>;
  face: ColumnType<ReferenceFace | null, string | null, string | null>;
  created_at: Generated<Date>;
}

interface Consents {
  tenant_id: OwnTenant;
  id: ConsentId;
  character_id: CharacterId;
  given_by: UserId;
  policy_version: string;
  text_hash: string;
  given_at: Generated<Date>;
  revoked_at: Date | null;
}

interface Vectors {
  id: Generated<string>;
  tenant_id: OwnTenant;
  owner_id: CharacterId;
  subject_id: string;
  role: VectorRole;
  encoder: string;
  created_at: MadeAt;
  /** Written in pgvector's binary form; read with `halfvec_send()`. */
  embedding: Buffer;
}

/** The tables of migrations/0003-characters.sql and 0004-vectors.sql, column for column. */
export interface CharactersTables {
  characters: Characters;
  character_references: CharacterReferences;
  consents: Consents;
  vectors: Vectors;
}
