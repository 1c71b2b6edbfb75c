import type { Tx } from '../../db/tx.ts';

/** Inserts the drafted exceptions that are new, open, at version 1, each with the audit event that opened it. */
export async function insertExceptions(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; runId: string },
): Promise<void> {
  await tx`
    insert into exception (workspace_id, exception_id, number, reconciliation_id, fingerprint, inputs_hash, type, reason,
      severity, status, version, domain, team_id, client, order_ref, payee, hold_kind, expected_minor, actual_minor, at_stake_minor, currency,
      findings, routed_by, sla, due_at, opened_at, run_id, last_seq)
    select ${input.workspaceId}, r.exception_id, r.number, ${input.reconciliationId}, r.fingerprint, r.inputs_hash, r.type,
      r.reason, r.severity, 'open', 1, r.domain, r.team_id, r.client, r.order_ref, r.payee, r.hold_kind, r.expected_minor, r.actual_minor,
      r.at_stake_minor, r.currency, r.findings, r.routed_by, r.sla, r.due_at, r.opened_at, ${input.runId}, r.last_seq
    from drafted_exception r
    where r.kind = 'open'`;
}
