import type { ColumnType, Generated } from 'kysely';
import type { AspectRatio } from '../../domain/aspect-ratio.ts';
import type { IdentityVerdict } from '../../domain/identity.ts';
import type { CharacterId, EpisodeId, FactId, SceneId, StoryId, TakeId, UserId } from '../../domain/ids.ts';
import type { ImageRef } from '../../domain/image-ref.ts';
import type { SceneResult, SceneStatus } from '../../domain/scene.ts';
import type { Evidence, FactKind, State, StateChange } from '../../domain/state.ts';
import type { Int8, Json, MadeAt, OwnTenant } from './column.ts';

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

/** The tables of migrations/0005-stories.sql and 0006-memory.sql, column for column. */
export interface ScenesTables {
  stories: Stories;
  scenes: Scenes;
  takes: Takes;
  episodes: Episodes;
  state_facts: StateFacts;
}
