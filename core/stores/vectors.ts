import { sql } from 'kysely';
import type { CharacterId, EpisodeId, ReferenceId, TenantId } from '../domain/ids.ts';
import type { Tx } from './database.ts';
import { decodeHalfvec, encodeHalfvec } from './halfvec.ts';
import type { VectorRole } from './schema/column.ts';

/**
 * A vector belongs to a character (`ownerId`, always), so that all its vectors of one encoder and role are one stretch
 * of the index. `subjectId` says what was looked at: the reference (view), the episode (episode-face, episode-style,
 * scene-text), or the character itself (identity).
 */
export interface StoredVector {
  readonly subjectId: CharacterId | ReferenceId | EpisodeId;
  readonly embedding: Float32Array;
  readonly createdAt: Date;
}

export interface VectorScope {
  readonly ownerId: CharacterId;
  readonly role: VectorRole;
  /** `Encoder.id`: vectors of different encoders are never compared. */
  readonly encoder: string;
}

/** Appends a vector; it must be unit-normalised. */
export async function insertVector(
  tx: Tx,
  vector: VectorScope & { tenantId: TenantId; subjectId: StoredVector['subjectId']; embedding: Float32Array },
): Promise<void> {
  await tx
    .insertInto('vectors')
    .values({
      tenant_id: vector.tenantId,
      owner_id: vector.ownerId,
      subject_id: vector.subjectId,
      role: vector.role,
      encoder: vector.encoder,
      embedding: encodeHalfvec(vector.embedding),
    })
    .execute();
}

/** The newest vector of a scope: the identity vector of a character, for one. */
export async function latestVector(tx: Tx, scope: VectorScope): Promise<Float32Array | undefined> {
  const [newest] = await listVectors(tx, scope, 1);
  return newest?.embedding;
}

/** The vectors of a scope, newest first. */
export async function listVectors(tx: Tx, scope: VectorScope, limit = 2000): Promise<StoredVector[]> {
  const rows = await withinScope(tx, scope)
    .select(['subject_id', 'created_at', sql<Buffer>`halfvec_send(embedding)`.as('bytes')])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toStoredVector);
}

export interface NearestInput extends VectorScope {
  /** Unit-normalised, as long as the encoder's dimension. */
  readonly query: Float32Array;
  readonly k: number;
  /** Only vectors of these, for example the episodes of one branch; all when left out. */
  readonly subjectIds?: readonly StoredVector['subjectId'][];
}

/**
 * The `k` vectors of a scope nearest to `query` by cosine, nearest first, newer first among equals. Exact: it reads all
 * of them (0.3-0.4 ms for 500, from the index alone).
 */
export async function nearestVectors(
  tx: Tx,
  input: NearestInput,
): Promise<(StoredVector & { readonly cosine: number })[]> {
  const rows = await nearestQuery(tx, input).execute();
  return rows.map((row) => ({ ...toStoredVector(row), cosine: 1 - row.distance }));
}

/** The statement of `nearestVectors()`, so that its plan can be checked. */
export function nearestQuery(tx: Tx, { query, k, subjectIds, ...scope }: NearestInput) {
  const nearest = withinScope(tx, scope)
    .$if(subjectIds !== undefined, (rows) => rows.where(sql<boolean>`subject_id = any(${subjectIds})`))
    .select([
      'id',
      'subject_id',
      'created_at',
      'embedding',
      sql<number>`embedding <=> ${encodeHalfvec(query)}::halfvec`.as('distance'),
    ])
    .orderBy('distance')
    .orderBy('id', 'desc')
    .limit(k);
  // Bytes are made of the nearest only: inside, Postgres would make them of every vector before it sorts.
  return tx
    .selectFrom(nearest.as('nearest'))
    .select(['subject_id', 'created_at', 'distance', sql<Buffer>`halfvec_send(embedding)`.as('bytes')])
    .orderBy('distance')
    .orderBy('id', 'desc');
}

/** Deletes the vectors of a character, of one encoder or of all; returns how many went. */
export async function deleteVectors(tx: Tx, ownerId: CharacterId, encoder?: string): Promise<number> {
  const { numDeletedRows } = await tx
    .deleteFrom('vectors')
    .where('owner_id', '=', ownerId)
    .$if(encoder !== undefined, (rows) => rows.where('encoder', '=', encoder ?? ''))
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function withinScope(tx: Tx, { ownerId, role, encoder }: VectorScope) {
  return tx
    .selectFrom('vectors')
    .where('owner_id', '=', ownerId)
    .where('encoder', '=', encoder)
    .where('role', '=', role);
}

function toStoredVector(row: { subject_id: string; created_at: Date; bytes: Buffer }): StoredVector {
  return {
    subjectId: row.subject_id as StoredVector['subjectId'], // only insertVector() writes this column
    embedding: decodeHalfvec(row.bytes),
    createdAt: row.created_at,
  };
}
