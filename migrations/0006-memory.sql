-- What finished scenes leave behind: episodes (a tree by parent_id) and the ledger of what is true of a character.

create table episodes (
  tenant_id text collate "C" not null default current_tenant(),
  id text collate "C" not null,
  character_id text collate "C" not null,
  story_id text collate "C" not null,
  scene_id text collate "C" not null,
  parent_id text collate "C",
  scene_index integer not null check (scene_index >= 1),
  text text not null,
  tags text[] not null default '{}',
  image jsonb not null,
  state jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, scene_id),
  foreign key (tenant_id, story_id, character_id) references stories (tenant_id, id, character_id),
  foreign key (tenant_id, scene_id) references scenes,
  foreign key (tenant_id, parent_id) references episodes
);
create index on episodes (tenant_id, character_id, created_at desc);
create index on episodes (tenant_id, story_id);
create index on episodes (tenant_id, parent_id);

-- Each story points at the episode it stands at; rewind moves it.
alter table stories add foreign key (tenant_id, head_episode_id) references episodes;
create index on stories (tenant_id, head_episode_id);

-- Append-only: nothing is ever changed, a fact ends by a line that says so.
create table state_facts (
  tenant_id text collate "C" not null default current_tenant(),
  scene_id text collate "C" not null,
  position integer not null,
  episode_id text collate "C" not null,
  character_id text collate "C" not null,
  fact_id text collate "C" not null,
  change text not null check (change in ('begins', 'continues', 'ends')),
  kind text not null check (kind in ('clothing', 'injury', 'prop', 'mood', 'place', 'time', 'weather')),
  slot text not null,
  value text not null,
  first_scene_id text collate "C" not null,
  last_scene_id text collate "C" not null,
  evidence jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, scene_id, position),
  foreign key (tenant_id, episode_id) references episodes,
  foreign key (tenant_id, character_id) references characters
);
create index on state_facts (tenant_id, episode_id);
create index on state_facts (tenant_id, character_id);

call keep_within_tenant(array['episodes', 'state_facts']::regclass[]);
grant select, insert, update, delete on episodes to idlock_app;
grant select, insert, delete on state_facts to idlock_app;
