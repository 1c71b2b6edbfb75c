import { ENGINE, ONLY_RECORDS } from '../../core/run-inputs.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Whether nothing but records has changed since the latest active run looked, on the same terms: the same version of the spec
 * and the same engine, and nothing in the trail that could settle a group otherwise whose records are the same.
 */
export async function onlyRecordsChanged(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; runId: string },
): Promise<boolean> {
  const rows = await tx`
    select
    from (
      select spec_version, counts -> 'seen' as seen
      from run
      where workspace_id = ${input.workspaceId} and reconciliation_id = ${input.reconciliationId}
        and mode = 'active' and status in ('applied', 'unchanged') and plan_hash <> ''
      order by started_at desc, run_id desc
      limit 1
    ) as r
    join run mine on mine.workspace_id = ${input.workspaceId} and mine.run_id = ${input.runId}
      and mine.spec_version = r.spec_version
    where (r.seen ->> 'engine')::integer = ${ENGINE}
      and not exists (
        select from audit_event e
        where e.workspace_id = ${input.workspaceId} and e.seq > (r.seen ->> 'seq')::bigint
          and e.action <> all(${ONLY_RECORDS as unknown as string[]}::text[]))`;
  return rows.length > 0;
}
