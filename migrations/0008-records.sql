-- What stays when a character is forgotten: charges, reports and the audit. They hold ids and no names, and so no
-- foreign keys to what may go.

create table usage_log (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  scene_id text collate "C" not null,
  user_id text collate "C" not null,
  renderer text not null,
  takes integer not null,
  cost_usd double precision not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, scene_id)
);
create index on usage_log (tenant_id, user_id, created_at);

create table reports (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  id text collate "C" not null,
  character_id text collate "C" not null,
  scene_id text collate "C",
  reported_by text collate "C" not null,
  reason text not null,
  status text not null default 'open' check (status in ('open', 'closed')),
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);

create table audit_log (
  tenant_id text collate "C" not null default current_tenant() references tenants on delete cascade,
  id bigint generated always as identity,
  action text not null,
  subject text not null,
  actor text not null default '',
  detail jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, id)
);

call keep_within_tenant(array['usage_log', 'reports', 'audit_log']::regclass[]);
grant select, insert on usage_log, audit_log to idlock_app;
grant select, insert, update on reports to idlock_app;
