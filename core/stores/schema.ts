import type { ColumnType, Generated } from 'kysely';
import type { AspectRatio } from '../domain/aspect-ratio.ts';
import type { Character, CharacterSheet, CharacterStatus, ReferenceFace } from '../domain/character.ts';
import type { IdentityVerdict } from '../domain/identity.ts';
import type {
  CharacterId,
  ConsentId,
  EpisodeId,
  FactId,
  NoticeId,
  ReferenceId,
  SceneId,
  StoryId,
  TakeId,
  TenantId,
  UserId,
} from '../domain/ids.ts';
import type { ImageRef } from '../domain/image-ref.ts';
import type { SceneResult, SceneStatus } from '../domain/scene.ts';
import type { Settings as TenantSettings } from '../domain/settings.ts';
import type { Evidence, FactKind, State, StateChange } from '../domain/state.ts';

/** Read as `T`, written as JSON text: the driver would turn an array into a Postgres array. */
type Json<T> = ColumnType<T, string, string>;
/** The driver reads a bigint as text. */
type Int8 = ColumnType<string, number, never>;
/** Set by the database when the row is made. */
type MadeAt = ColumnType<Date, never, never>;
/** Defaults to the tenant of the transaction. */
type OwnTenant = ColumnType<TenantId, TenantId | undefined, never>;

export type Platform = 'local' | 'discord' | 'slack' | 'account';

/** What a vector was made of: see migrations/0004-vectors.sql. */
export type VectorRole = 'identity' | 'view' | 'episode-face' | 'episode-style' | 'scene-text';

interface Tenants {
  id: TenantId;
  platform: Platform;
  external_id: string;
  name: string;
  created_at: MadeAt;
}

interface Users {
  tenant_id: OwnTenant;
  id: UserId;
  name: string;
  created_at: MadeAt;
}

interface Accounts {
  tenant_id: OwnTenant;
  platform: Platform;
  external_id: string;
  user_id: UserId;
  created_at: MadeAt;
}

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

interface Stories {
  tenant_id: OwnTenant;
  id: StoryId;
  character_id: CharacterId;
  started_by: UserId;
  title: string;
  status: Generated<'open' | 'ended'>;
  head_episode_id: EpisodeId | null;
  created_at: MadeAt;
  updated_at: Generated<Date>;
}

interface Scenes {
  tenant_id: OwnTenant;
  id: SceneId;
  character_id: CharacterId;
  story_id: StoryId;
  requested_by: UserId;
  prompt: string;
  style_overrides: readonly string[];
  pose: ColumnType<ImageRef | null, string | null, never>;
  aspect_ratio: AspectRatio;
  size_px: number;
  seed: Int8;
  refine_face: boolean;
  reply_to: string;
  status: Generated<SceneStatus>;
  attempt: Generated<number>;
  reason: string | null;
  result: ColumnType<SceneResult | null, string | null | undefined, string | null>;
  created_at: MadeAt;
  updated_at: Generated<Date>;
  started_at: Date | null;
  finished_at: Date | null;
}

interface Takes {
  tenant_id: OwnTenant;
  id: TakeId;
  scene_id: SceneId;
  number: number;
  image: Json<ImageRef>;
  verdict: Json<IdentityVerdict>;
  seed: Int8;
  renderer: string;
  cost_usd: number;
  created_at: MadeAt;
}

interface Episodes {
  tenant_id: OwnTenant;
  id: EpisodeId;
  character_id: CharacterId;
  story_id: StoryId;
  scene_id: SceneId;
  parent_id: EpisodeId | null;
  scene_index: number;
  text: string;
  tags: readonly string[];
  image: Json<ImageRef>;
  state: Json<State>;
  created_at: Generated<Date>;
}

interface StateFacts {
  tenant_id: OwnTenant;
  scene_id: SceneId;
  position: number;
  episode_id: EpisodeId;
  character_id: CharacterId;
  fact_id: FactId;
  change: StateChange['change'];
  kind: FactKind;
  slot: string;
  value: string;
  first_scene_id: SceneId;
  last_scene_id: SceneId;
  evidence: Json<Evidence>;
  created_at: MadeAt;
}

interface Steps {
  tenant_id: OwnTenant;
  owner_id: SceneId | CharacterId;
  name: string;
  result: Json<unknown>;
  ms: number;
  position: Generated<string>;
  created_at: MadeAt;
}

interface Prompts {
  tenant_id: OwnTenant;
  hash: string;
  character_id: CharacterId;
  prompt: string;
  created_at: MadeAt;
}

interface Notices {
  tenant_id: OwnTenant;
  id: NoticeId;
  scene_id: SceneId;
  kind: string;
  reply_to: string;
  status: Generated<'pending' | 'delivered'>;
  created_at: MadeAt;
  delivered_at: Date | null;
}

interface UsageLog {
  tenant_id: OwnTenant;
  scene_id: SceneId;
  user_id: UserId;
  renderer: string;
  takes: number;
  cost_usd: number;
  created_at: MadeAt;
}

interface Reports {
  tenant_id: OwnTenant;
  id: string;
  character_id: CharacterId;
  scene_id: SceneId | null;
  reported_by: UserId;
  reason: string;
  status: Generated<'open' | 'closed'>;
  created_at: MadeAt;
}

interface AuditLog {
  tenant_id: OwnTenant;
  id: Generated<string>;
  action: string;
  subject: string;
  actor: string;
  detail: Json<unknown>;
  created_at: MadeAt;
}

interface ApiKeys {
  tenant_id: OwnTenant;
  id: string;
  user_id: UserId;
  label: string;
  key_hash: Buffer;
  created_at: MadeAt;
  last_used_at: Date | null;
  revoked_at: Date | null;
}

interface Settings {
  tenant_id: OwnTenant;
  values: Json<Partial<TenantSettings>>;
  updated_at: Generated<Date>;
}

interface Installations {
  tenant_id: OwnTenant;
  platform: Platform;
  external_id: string;
  sealed_token: Buffer | null;
  detail: Json<unknown>;
  created_at: MadeAt;
  removed_at: Date | null;
}

/** The tables of migrations/*.sql, column for column. */
export interface Schema {
  tenants: Tenants;
  users: Users;
  accounts: Accounts;
  characters: Characters;
  character_references: CharacterReferences;
  consents: Consents;
  vectors: Vectors;
  stories: Stories;
  scenes: Scenes;
  takes: Takes;
  episodes: Episodes;
  state_facts: StateFacts;
  steps: Steps;
  prompts: Prompts;
  notices: Notices;
  usage_log: UsageLog;
  reports: Reports;
  audit_log: AuditLog;
  api_keys: ApiKeys;
  settings: Settings;
  installations: Installations;
}
