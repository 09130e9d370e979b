import type { Generated } from 'kysely';
import type { TenantId, UserId } from '../../domain/ids.ts';
import type { Settings as TenantSettings } from '../../domain/settings.ts';
import type { Json, MadeAt, OwnTenant, Platform } from './column.ts';

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

interface Installations {
  tenant_id: OwnTenant;
  platform: Platform;
  external_id: string;
  sealed_token: Buffer | null;
  detail: Json<unknown>;
  created_at: MadeAt;
  removed_at: Date | null;
}

interface Settings {
  tenant_id: OwnTenant;
  values: Json<Partial<TenantSettings>>;
  updated_at: Generated<Date>;
}

/** The tables of migrations/0002-people.sql, column for column. */
export interface PeopleTables {
  tenants: Tenants;
  users: Users;
  accounts: Accounts;
  api_keys: ApiKeys;
  installations: Installations;
  settings: Settings;
}
