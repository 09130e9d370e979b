-- What the pipeline keeps for itself: results of steps, prompts it has written before, and notices on their way out.

-- A step's result by its name, so that a retry never pays for it twice. owner_id is a scene, or a character that enrols.
create table steps (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  owner_id text collate "C" not null,
  name text collate "C" not null,
  result jsonb not null,
  ms double precision not null,
  position bigint generated always as identity,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, owner_id, name)
);

create table prompts (
  tenant_id text collate "C" not null default current_tenant(),
  hash text collate "C" not null,
  character_id text collate "C" not null,
  prompt text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, hash),
  foreign key (tenant_id, character_id) references characters
);
create index on prompts (tenant_id, character_id);

-- One notice of a kind for a scene, however often the scene finishes.
create table notices (
  tenant_id text collate "C" not null default current_tenant(),
  id text collate "C" not null,
  scene_id text collate "C" not null,
  kind text not null,
  reply_to text not null,
  status text not null default 'pending' check (status in ('pending', 'delivered')),
  created_at timestamptz not null default clock_timestamp(),
  delivered_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, scene_id, kind),
  foreign key (tenant_id, scene_id) references scenes
);
create index notices_pending on notices (created_at) where status = 'pending';

call keep_within_tenant(array['steps', 'prompts', 'notices']::regclass[]);
grant select, insert, update, delete on steps, prompts, notices to idlock_app;

create policy deliver on notices for select to idlock_system using (true);
create policy delivered on notices for update to idlock_system using (true) with check (status = 'delivered');
grant select, update (status, delivered_at) on notices to idlock_system;
