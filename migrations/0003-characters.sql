-- Characters, their photos, and what was agreed to before a face was measured. Every foreign key holds the tenant too,
-- so that no row can point into another one.

create table characters (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  id text collate "C" not null,
  owner_id text collate "C" not null,
  name text not null check (name <> ''),
  -- What makes two names the same: folded by the code, because lower() depends on the server's locale.
  name_key text collate "C" not null,
  sheet jsonb not null,
  status text not null default 'enrolling' check (status in ('enrolling', 'ready', 'failed', 'frozen')),
  failure text,
  agreement jsonb,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  constraint characters_name unique (tenant_id, name_key),
  foreign key (tenant_id, owner_id) references users
);
create index characters_enrolling on characters (created_at) where status = 'enrolling';

create table character_references (
  tenant_id text collate "C" not null default current_tenant(),
  id text collate "C" not null,
  character_id text collate "C" not null,
  position integer not null,
  image jsonb not null,
  face jsonb,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id),
  unique (tenant_id, character_id, position),
  foreign key (tenant_id, character_id) references characters on delete cascade
);

-- Proof of consent outlives the character it was given for (revoked then), so it has no foreign key to it. It holds
-- no name and no photo.
create table consents (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  id text collate "C" not null,
  character_id text collate "C" not null,
  given_by text collate "C" not null,
  policy_version text not null,
  text_hash text not null,
  given_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
create index on consents (tenant_id, character_id);

call keep_within_tenant(array['characters', 'character_references', 'consents']::regclass[]);
grant select, insert, update, delete on characters, character_references to idlock_app;
grant select, insert, update on consents to idlock_app;

-- The reconciler looks for enrolments that lost their job.
create policy reconcile on characters for select to idlock_system using (true);
grant select (tenant_id, id, status, created_at, updated_at) on characters to idlock_system;
