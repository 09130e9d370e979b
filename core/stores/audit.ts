import type { TenantId } from '../domain/ids.ts';
import type { Tx } from './database.ts';

export interface AuditEntry {
  /** For example `character-forgotten`. */
  readonly action: string;
  /** The id of what it was done to; never a name. */
  readonly subject: string;
  /** The id of who did it; '' when nobody asked. */
  readonly actor?: string;
  readonly detail?: unknown;
}

/** Appends to the audit, in the transaction of the act itself. Entries are never changed: the role has no right to. */
export async function appendAudit(
  tx: Tx,
  entry: AuditEntry & { readonly tenantId: TenantId },
): Promise<void> {
  await tx
    .insertInto('audit_log')
    .values({
      tenant_id: entry.tenantId,
      action: entry.action,
      subject: entry.subject,
      actor: entry.actor ?? '',
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute();
}

/** The newest entries of the tenant. */
export async function listAudit(
  tx: Tx,
  limit = 100,
): Promise<(Required<AuditEntry> & { readonly createdAt: Date })[]> {
  return tx
    .selectFrom('audit_log')
    .select(['action', 'subject', 'actor', 'detail', 'created_at as createdAt'])
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
