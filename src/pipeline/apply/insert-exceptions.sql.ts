import type { Tx } from '../../db/tx.ts';

/** Columns of a new or re-detected exception as JSON; amounts are text. */
export type ExceptionRow = {
  readonly exception_id: string;
  readonly number: number;
  readonly fingerprint: string;
  readonly inputs_hash: string;
  readonly type: string;
  readonly reason: string;
  readonly severity: string;
  readonly domain: string;
  readonly team_id: string;
  readonly client: string | null;
  readonly order_ref: string | null;
  readonly payee: string | null;
  readonly hold_kind: string | null;
  readonly expected_minor: string | null;
  readonly actual_minor: string | null;
  readonly at_stake_minor: string;
  readonly currency: string;
  readonly findings: unknown;
  readonly routed_by: unknown;
  readonly sla: string;
  readonly due_at: string;
  readonly opened_at: string;
  readonly last_seq: string;
};

/** Inserts new exceptions, open, at version 1, each with the audit event that opened it. */
export async function insertExceptions(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; runId: string; rows: readonly ExceptionRow[] },
): Promise<void> {
  if (input.rows.length === 0) return;
  await tx`
    insert into exception (workspace_id, exception_id, number, reconciliation_id, fingerprint, inputs_hash, type, reason,
      severity, status, version, domain, team_id, client, order_ref, payee, hold_kind, expected_minor, actual_minor, at_stake_minor, currency,
      findings, routed_by, sla, due_at, opened_at, run_id, last_seq)
    select ${input.workspaceId}, r.exception_id, r.number, ${input.reconciliationId}, r.fingerprint, r.inputs_hash, r.type,
      r.reason, r.severity, 'open', 1, r.domain, r.team_id, r.client, r.order_ref, r.payee, r.hold_kind, r.expected_minor, r.actual_minor,
      r.at_stake_minor, r.currency, r.findings, r.routed_by, r.sla, r.due_at, r.opened_at, ${input.runId}, r.last_seq
    from jsonb_to_recordset(${JSON.stringify(input.rows)}::text::jsonb) as r (
      exception_id uuid, number integer, fingerprint text, inputs_hash text, type text, reason text, severity text,
      domain text, team_id uuid, client text, order_ref text, payee text, hold_kind text, expected_minor bigint, actual_minor bigint,
      at_stake_minor bigint, currency text, findings jsonb, routed_by jsonb, sla text, due_at timestamptz,
      opened_at timestamptz, last_seq bigint)`;
}
