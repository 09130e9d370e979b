-- Tenants (a Discord guild, a Slack workspace, a personal account) and the people in them.
-- Ids sort by time of making (UUIDv7), byte by byte: hence collate "C" everywhere.

create table tenants (
  id text collate "C" primary key,
  platform text not null check (platform in ('local', 'discord', 'slack', 'account')),
  external_id text collate "C" not null,
  name text not null,
  created_at timestamptz not null default clock_timestamp(),
  unique (platform, external_id)
);
alter table tenants enable row level security;
alter table tenants force row level security;
create policy own_tenant on tenants to idlock_app using (id = current_tenant()) with check (id = current_tenant());
create policy find_tenant on tenants to idlock_system using (true) with check (true);
grant select, update (name) on tenants to idlock_app;
grant select, insert, update (name) on tenants to idlock_system;

create table users (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  id text collate "C" not null,
  name text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);

-- Who a person is on a platform. One person may have several in a tenant.
create table accounts (
  tenant_id text collate "C" not null default current_tenant(),
  platform text not null check (platform in ('local', 'discord', 'slack', 'account')),
  external_id text collate "C" not null,
  user_id text collate "C" not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, platform, external_id),
  foreign key (tenant_id, user_id) references users on delete cascade
);
create index on accounts (tenant_id, user_id);

-- Keys of the REST API: the sha256 of the key, never the key.
create table api_keys (
  tenant_id text collate "C" not null default current_tenant(),
  id text collate "C" not null,
  user_id text collate "C" not null,
  label text not null,
  key_hash bytea not null unique,
  created_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, user_id) references users on delete cascade
);

-- Where the app is installed; the token is sealed by the door that owns it.
create table installations (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  platform text not null check (platform in ('discord', 'slack')),
  external_id text collate "C" not null,
  sealed_token bytea,
  detail jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz,
  primary key (tenant_id, platform, external_id)
);

-- What a tenant changed from the defaults; the defaults live in the code.
create table settings (
  tenant_id text collate "C" not null default current_tenant() primary key references tenants on delete cascade,
  values jsonb not null,
  updated_at timestamptz not null default clock_timestamp()
);

call keep_within_tenant(array['users', 'accounts', 'api_keys', 'installations', 'settings']::regclass[]);
grant select, insert, update, delete on users, accounts, api_keys, installations, settings to idlock_app;

-- A request brings a key and no tenant yet.
create policy find_tenant on api_keys for select to idlock_system using (true);
grant select (tenant_id, id, user_id, key_hash, revoked_at) on api_keys to idlock_system;
create policy find_tenant on installations for select to idlock_system using (true);
grant select (tenant_id, platform, external_id, removed_at) on installations to idlock_system;
