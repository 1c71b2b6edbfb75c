import { ENGINE, NO_NEWS } from '../../core/run-inputs.ts';
import type { Tx } from '../../db/tx.ts';
import type { ListedSince } from './listed-since.sql.ts';

/** How far into the trail a run saw, and on what terms; kept with its counts. `unpaired`: as of when `unpaired_record` holds. */
export type Seen = {
  readonly seq: string;
  readonly cutoffOn: string;
  readonly engine: number;
  readonly unpaired?: ListedSince;
};

/**
 * The counts of the latest active run, when nothing has happened since that this one could decide otherwise for: the same
 * spec, the same day, and no news in the trail, where every change of a record, a decision or the configuration stands.
 */
export async function seenBefore(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; runId: string; cutoffOn: string },
): Promise<unknown> {
  const [row] = await tx<{ counts: unknown }[]>`
    select r.counts
    from (
      select counts, spec_version, counts -> 'seen' as seen
      from run
      where workspace_id = ${input.workspaceId} and reconciliation_id = ${input.reconciliationId}
        and mode = 'active' and status in ('applied', 'unchanged') and plan_hash <> ''
      order by started_at desc, run_id desc
      limit 1
    ) as r
    join run mine on mine.workspace_id = ${input.workspaceId} and mine.run_id = ${input.runId}
      and mine.spec_version = r.spec_version
    where r.seen ->> 'cutoffOn' = ${input.cutoffOn} and (r.seen ->> 'engine')::integer = ${ENGINE}
      and not exists (
        select from audit_event e
        where e.workspace_id = ${input.workspaceId} and e.seq > (r.seen ->> 'seq')::bigint
          and e.action <> all(${NO_NEWS as unknown as string[]}::text[]))`;
  return row?.counts;
}
