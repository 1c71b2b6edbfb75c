import { type AuditFact, auditBody } from '../../core/audit.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Appends facts to the workspace's audit trail and returns their sequence numbers, in order. Locks the chain until the
 * transaction ends, so it comes late in it, and after the exceptions it speaks of are locked.
 */
export async function appendAudit(
  tx: Tx,
  { workspaceId, facts }: { workspaceId: string; facts: readonly AuditFact[] },
): Promise<bigint[]> {
  if (facts.length === 0) return [];
  const [row] = await tx<{ seqs: string[] }[]>`
    select tieout.audit_append(${workspaceId}::uuid, ${facts.map(auditBody)}::text[])::text[] as seqs`;
  if (row?.seqs.length !== facts.length)
    throw new Error('audit_append returned fewer events than it was given');
  return row.seqs.map(BigInt);
}
