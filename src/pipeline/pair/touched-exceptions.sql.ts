import type { Status } from '../../core/lifecycle.ts';
import type { RecordedException } from '../../core/plan.ts';
import type { Severity } from '../../core/severity.ts';
import type { Tx } from '../../db/tx.ts';

/** An exception that speaks of records that move, as a plan compares it; and of which records. */
export type TouchedException = RecordedException & {
  readonly expectedIds: readonly string[];
  readonly actualIds: readonly string[];
};

/**
 * Every live exception of the reconciliation that speaks of one of the records, those with one of the fingerprints, and
 * the one that is decided on.
 */
export async function touchedExceptions(
  tx: Tx,
  input: {
    workspaceId: string;
    reconciliationId: string;
    exceptionId: string;
    recordIds: readonly string[];
    fingerprints: readonly string[];
  },
): Promise<TouchedException[]> {
  // Each of the three by its own index: asked for in one condition, every exception of the reconciliation was read for each press.
  const rows = await tx<Row[]>`
    with touched as materialized (
      select f.exception_id from exception f
      where f.workspace_id = ${input.workspaceId} and f.reconciliation_id = ${input.reconciliationId}
        and f.fingerprint = any(${input.fingerprints as string[]}::text[])
      union
      select l.exception_id from exception_member m
      join exception l on l.workspace_id = m.workspace_id and l.exception_id = m.exception_id
        and l.status not in ('resolved', 'cleared')
      where m.workspace_id = ${input.workspaceId} and m.record_id = any(${input.recordIds as string[]}::uuid[])
      union
      select ${input.exceptionId}::uuid
    )
    select e.exception_id, e.number, e.fingerprint, e.inputs_hash, e.type, e.reason, e.severity, e.status, e.version, e.level,
           e.owner_id, members.expected_ids, members.actual_ids
    from touched
    join exception e on e.workspace_id = ${input.workspaceId} and e.exception_id = touched.exception_id
    cross join lateral (
      select coalesce(array_agg(m.record_id::text) filter (where m.side = 'expected'), '{}') as expected_ids,
             coalesce(array_agg(m.record_id::text) filter (where m.side = 'actual'), '{}') as actual_ids
      from exception_member m
      where m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
    ) as members
    where e.reconciliation_id = ${input.reconciliationId}
    order by e.exception_id`;
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
    expectedIds: row.expected_ids,
    actualIds: row.actual_ids,
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
  expected_ids: string[];
  actual_ids: string[];
};
