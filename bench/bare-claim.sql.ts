import { type AuditFact, auditBody } from '../src/core/audit.ts';
import type { Tx } from '../src/db/tx.ts';

/** The least that a claim is: the conditional update with its audit event. False when somebody was faster. */
export async function bareClaim(
  tx: Tx,
  claim: { workspaceId: string; exceptionId: string; personId: string },
): Promise<boolean> {
  const fact: AuditFact = {
    action: 'exception.claim',
    entity: 'exception',
    entityId: claim.exceptionId,
    actor: { kind: 'person', id: claim.personId },
    requestKey: 'x'.repeat(64),
    state: { status: 'claimed', from: 'open', version: 2, level: 0, ownerId: claim.personId },
  };
  const rows = await tx`
    with seen as materialized (
      select exception_id
      from exception
      where workspace_id = ${claim.workspaceId} and exception_id = ${claim.exceptionId}
        and status = 'open' and version = 1
      for update
    ),
    logged as materialized (
      select (tieout.audit_append(${claim.workspaceId}::uuid, array[${auditBody(fact)}]::text[]))[1] as seq
      from seen
    )
    update exception e
    set status = 'claimed', owner_id = ${claim.personId}, claimed_at = now(), version = e.version + 1,
        last_seq = logged.seq
    from logged
    where e.workspace_id = ${claim.workspaceId} and e.exception_id = ${claim.exceptionId}
    returning e.exception_id
  `;
  return rows.length === 1;
}
