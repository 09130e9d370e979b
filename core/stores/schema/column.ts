import type { ColumnType } from 'kysely';
import type { TenantId } from '../../domain/ids.ts';

/** Read as `T`, written as JSON text: the driver would turn an array into a Postgres array. */
export type Json<T> = ColumnType<T, string, string>;
/** The driver reads a bigint as text. */
export type Int8 = ColumnType<string, number, never>;
/** Set by the database when the row is made. */
export type MadeAt = ColumnType<Date, never, never>;
/** Defaults to the tenant of the transaction. */
export type OwnTenant = ColumnType<TenantId, TenantId | undefined, never>;

export type Platform = 'local' | 'discord' | 'slack' | 'account';

/** What a vector was made of: see migrations/0004-vectors.sql. */
export type VectorRole = 'identity' | 'view' | 'episode-face' | 'episode-style' | 'scene-text';
