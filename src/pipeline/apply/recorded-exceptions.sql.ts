import type { Finding } from '../../core/card.ts';
import { BY_HAND, handFingerprint } from '../../core/hand-match.ts';
import type { Status } from '../../core/lifecycle.ts';
import type { RecordedException } from '../../core/plan.ts';
import type { Severity } from '../../core/severity.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * The exceptions a plan may touch: those with a planned fingerprint, every live one of the reconciliation, and those from
 * which a match was made by hand that the plan contains. Those of what rests stand as they are, and are none of them.
 */
export async function recordedExceptions(
  tx: Tx,
  input: {
    workspaceId: string;
    reconciliationId: string;
    fingerprints: readonly string[];
    isStirred: boolean;
  },
): Promise<RecordedException[]> {
  const rows = await tx<Row[]>`
    select e.exception_id, e.number, e.fingerprint, e.inputs_hash, e.type, e.reason, e.severity, e.status, e.version, e.level,
           e.owner_id, h.hand_match_id, case when jsonb_array_length(e.findings) > 1 then e.findings end as says
    from exception e
    left join hand_match h on h.workspace_id = e.workspace_id and h.exception_id = e.exception_id and h.ended_at is null
      and exists (select from planned_member m where m.pass = ${BY_HAND} and m.group_key = h.hand_match_id::text)
    where e.workspace_id = ${input.workspaceId}
      and e.reconciliation_id = ${input.reconciliationId}
      and (e.status not in ('resolved', 'cleared') or e.fingerprint = any(${input.fingerprints as string[]}::text[])
           or h.hand_match_id is not null)
      ${input.isStirred ? tx`and e.exception_id not in (select s.exception_id from standing_exception s)` : tx``}`;
  return rows.map((row) => ({
    exceptionId: row.exception_id,
    number: row.number,
    fingerprint: row.fingerprint,
    inputsHash: row.inputs_hash,
    type: row.type,
    reason: row.reason,
    severity: row.severity,
    status: row.status,
    version: row.version,
    level: row.level,
    ownerId: row.owner_id ?? undefined,
    says: row.says ?? [],
    speaksFor: row.hand_match_id === null ? undefined : handFingerprint(row.hand_match_id),
  }));
}

type Row = {
  exception_id: string;
  number: number;
  fingerprint: string;
  inputs_hash: string;
  type: string;
  reason: string;
  severity: Severity;
  status: Status;
  version: number;
  level: number;
  owner_id: string | null;
  hand_match_id: string | null;
  says: readonly Finding[] | null;
};
