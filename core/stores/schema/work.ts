import type { Generated } from 'kysely';
import type { CharacterId, NoticeId, SceneId, UserId } from '../../domain/ids.ts';
import type { Json, MadeAt, OwnTenant } from './column.ts';

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

/** The tables of migrations/0007-work.sql and 0008-records.sql, column for column. */
export interface WorkTables {
  steps: Steps;
  prompts: Prompts;
  notices: Notices;
  usage_log: UsageLog;
  reports: Reports;
  audit_log: AuditLog;
}
