import type { Status } from '../../core/lifecycle.ts';
import type { RecordedException } from '../../core/plan.ts';
import type { Severity } from '../../core/severity.ts';
import type { Tx } from '../../db/tx.ts';

/** The exceptions a plan may touch: those with a planned fingerprint, and every live one of the reconciliation. */
export async function recordedExceptions(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; fingerprints: readonly string[] },
): Promise<RecordedException[]> {
  const rows = await tx<Row[]>`
    select exception_id, number, fingerprint, inputs_hash, type, reason, severity, status, version, level, owner_id
    from exception
    where workspace_id = ${input.workspaceId}
      and reconciliation_id = ${input.reconciliationId}
      and (status not in ('resolved', 'cleared') or fingerprint = any(${input.fingerprints as string[]}::text[]))`;
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
};
