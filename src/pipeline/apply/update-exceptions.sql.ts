import type { Tx } from '../../db/tx.ts';

/**
 * Writes the drafted exceptions that are not new onto those that are already recorded. A live one keeps status, owner, team and due
 * time; one that was closed is reopened without an owner, routed and promised afresh.
 */
export async function updateExceptions(tx: Tx, input: { workspaceId: string; runId: string }): Promise<void> {
  await tx`
    update exception e
    set inputs_hash = r.inputs_hash, type = r.type, reason = r.reason, severity = r.severity,
        client = r.client, order_ref = r.order_ref, payee = r.payee, hold_kind = r.hold_kind, expected_minor = r.expected_minor,
        actual_minor = r.actual_minor, at_stake_minor = r.at_stake_minor, currency = r.currency,
        findings = r.findings, run_id = ${input.runId}, version = e.version + 1, last_seq = r.last_seq,
        status = case when r.kind = 'reopen' then 'open' else e.status end,
        owner_id = case when r.kind = 'reopen' then null else e.owner_id end,
        claimed_at = case when r.kind = 'reopen' then null else e.claimed_at end,
        closed_at = case when r.kind = 'reopen' then null else e.closed_at end,
        resolution_code = case when r.kind = 'reopen' then null else e.resolution_code end,
        resolution_minor = case when r.kind = 'reopen' then null else e.resolution_minor end,
        team_id = case when r.kind = 'reopen' then r.team_id else e.team_id end,
        routed_by = case when r.kind = 'reopen' then r.routed_by else e.routed_by end,
        sla = case when r.kind = 'reopen' then r.sla else e.sla end,
        due_at = case when r.kind = 'reopen' then r.due_at else e.due_at end,
        opened_at = case when r.kind = 'reopen' then r.opened_at else e.opened_at end
    from drafted_exception r
    where e.workspace_id = ${input.workspaceId} and e.exception_id = r.exception_id and r.kind <> 'open'`;
}
