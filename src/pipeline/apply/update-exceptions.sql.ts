import type { Tx } from '../../db/tx.ts';
import type { ExceptionRow } from './insert-exceptions.sql.ts';

/**
 * Writes what a run found anew onto exceptions that are already recorded. A live one keeps status, owner, team and due
 * time; one that was closed is reopened without an owner, routed and promised afresh.
 */
export async function updateExceptions(
  tx: Tx,
  input: { workspaceId: string; runId: string; rows: readonly (ExceptionRow & { reopens: boolean })[] },
): Promise<void> {
  if (input.rows.length === 0) return;
  await tx`
    update exception e
    set inputs_hash = r.inputs_hash, type = r.type, reason = r.reason, severity = r.severity,
        client = r.client, order_ref = r.order_ref, payee = r.payee, hold_kind = r.hold_kind, expected_minor = r.expected_minor,
        actual_minor = r.actual_minor, at_stake_minor = r.at_stake_minor, currency = r.currency,
        findings = r.findings, run_id = ${input.runId}, version = e.version + 1, last_seq = r.last_seq,
        status = case when r.reopens then 'open' else e.status end,
        owner_id = case when r.reopens then null else e.owner_id end,
        claimed_at = case when r.reopens then null else e.claimed_at end,
        closed_at = case when r.reopens then null else e.closed_at end,
        resolution_code = case when r.reopens then null else e.resolution_code end,
        resolution_minor = case when r.reopens then null else e.resolution_minor end,
        team_id = case when r.reopens then r.team_id else e.team_id end,
        routed_by = case when r.reopens then r.routed_by else e.routed_by end,
        sla = case when r.reopens then r.sla else e.sla end,
        due_at = case when r.reopens then r.due_at else e.due_at end,
        opened_at = case when r.reopens then r.opened_at else e.opened_at end
    from jsonb_to_recordset(${JSON.stringify(input.rows)}::text::jsonb) as r (
      exception_id uuid, inputs_hash text, type text, reason text, severity text, team_id uuid, client text,
      order_ref text, payee text, hold_kind text, expected_minor bigint, actual_minor bigint, at_stake_minor bigint, currency text, findings jsonb,
      routed_by jsonb, sla text, due_at timestamptz, opened_at timestamptz, last_seq bigint, reopens boolean)
    where e.workspace_id = ${input.workspaceId} and e.exception_id = r.exception_id`;
}
