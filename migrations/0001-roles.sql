-- Two roles that every transaction of IDLock runs as (`set local role`), so that row-level security holds even when
-- the login role is a superuser or owns the tables. Roles belong to the whole server: another database on it, or
-- another migrator at the same moment, may have made them already.
--
-- idlock_app     sees one tenant, the one that the transaction names in the setting idlock.tenant
-- idlock_system  sees, across tenants, only the columns that finding a tenant, the reconciler and the delivery need

do $$
declare
  wanted text;
begin
  foreach wanted in array array['idlock_app', 'idlock_system'] loop
    begin
      execute format('create role %I nologin nosuperuser nobypassrls noinherit', wanted);
    exception when duplicate_object or unique_violation then
      null;
    end;
    if exists (select from pg_roles where rolname = wanted and (rolsuper or rolbypassrls or rolcanlogin)) then
      raise exception 'role % may bypass row-level security or log in; drop it, then migrate again', wanted;
    end if;
    -- "set": may become it; no "inherit": has none of its rights without saying so.
    if not pg_has_role(current_user, wanted, 'set') then
      begin
        execute format('grant %I to %I with inherit false, set true', wanted, current_user);
      exception when unique_violation then
        null;
      end;
    end if;
  end loop;
end
$$;

do $$
begin
  create extension if not exists vector;
exception
  when insufficient_privilege then
    raise exception 'only a superuser may add pgvector here; let one run "create extension vector" in this database';
  when feature_not_supported or undefined_file then
    raise exception 'the server has no pgvector; install it there (Debian: postgresql-NN-pgvector)';
end
$$;

do $$
begin
  if to_regtype('halfvec') is null then
    raise exception 'pgvector is older than 0.7 and has no halfvec; update the extension';
  end if;
end
$$;

grant usage on schema public to idlock_app, idlock_system;

-- The tenant of this transaction, or null: then no row matches. `idlock.tenant` is set by `inTenant()`.
create function current_tenant() returns text
  language sql stable parallel safe
  return nullif(current_setting('idlock.tenant', true), '');

-- Makes a table of one tenant's rows: the rule that every table below has to call for. FORCE: the owner obeys as well.
create procedure keep_within_tenant(tables regclass[])
  language plpgsql as $$
declare
  one regclass;
begin
  foreach one in array tables loop
    execute format('alter table %s enable row level security', one);
    execute format('alter table %s force row level security', one);
    execute format(
      'create policy own_tenant on %s to idlock_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
      one);
  end loop;
end
$$;
