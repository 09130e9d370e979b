-- Stories, the scenes asked for in them, and the takes of each scene. A story is one character's: its scenes cannot be
-- another's, so forgetting a character leaves no story half told.

create table stories (
  tenant_id text collate "C" not null default current_tenant(),
  id text collate "C" not null,
  character_id text collate "C" not null,
  started_by text collate "C" not null,
  title text not null default '',
  status text not null default 'open' check (status in ('open', 'ended')),
  head_episode_id text collate "C",
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, id, character_id),
  foreign key (tenant_id, character_id) references characters
);
create index on stories (tenant_id, character_id, created_at desc);

create table scenes (
  tenant_id text collate "C" not null default current_tenant(),
  id text collate "C" not null,
  character_id text collate "C" not null,
  story_id text collate "C" not null,
  requested_by text collate "C" not null,
  prompt text not null,
  style_overrides text[] not null default '{}',
  pose jsonb,
  aspect_ratio text not null,
  size_px integer not null,
  seed bigint not null,
  refine_face boolean not null default false,
  reply_to text not null,
  status text not null default 'queued'
    check (status in ('queued', 'running', 'success', 'needs_more_refs', 'failed', 'cancelled')),
  attempt integer not null default 0,
  reason text,
  result jsonb,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, story_id, character_id) references stories (tenant_id, id, character_id),
  foreign key (tenant_id, requested_by) references users
);
-- A character's scenes run one after the other: which is next?
create index scenes_next on scenes (tenant_id, character_id, created_at, id) where status in ('queued', 'running');
create index scenes_open on scenes (updated_at) where status in ('queued', 'running');
create index on scenes (tenant_id, character_id, created_at desc);
create index on scenes (tenant_id, story_id, created_at desc);

create table takes (
  tenant_id text collate "C" not null default current_tenant(),
  id text collate "C" not null,
  scene_id text collate "C" not null,
  number integer not null,
  image jsonb not null,
  verdict jsonb not null,
  seed bigint not null,
  renderer text not null,
  cost_usd double precision not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, scene_id, number),
  foreign key (tenant_id, scene_id) references scenes
);

call keep_within_tenant(array['stories', 'scenes', 'takes']::regclass[]);
grant select, insert, update, delete on stories, scenes, takes to idlock_app;

-- The reconciler looks for scenes that lost their job; what was asked for is not its business.
create policy reconcile on scenes for select to idlock_system using (true);
grant select (tenant_id, id, character_id, status, created_at, updated_at) on scenes to idlock_system;
