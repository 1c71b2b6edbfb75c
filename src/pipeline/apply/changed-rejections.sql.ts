import type { Tx } from '../../db/tx.ts';

type Scope = { readonly workspaceId: string; readonly reconciliationId: string };

/** Records whose rejected candidates are planned otherwise than they are on the record; kept in `changed_rejection`. */
export async function changedRejections(
  tx: Tx,
  { workspaceId, reconciliationId }: Scope,
): Promise<{ records: number; digest: string }> {
  await tx`create temp table changed_rejection (record_id uuid not null) on commit drop`;
  await tx`
    with planned as (
      select record_id, array_agg(concat_ws(chr(31), rank, candidate_id, pass, verdict, explained) order by rank) as said
      from planned_rejection group by record_id
    ),
    recorded as (
      select record_id,
             array_agg(concat_ws(chr(31), rank, candidate_id, pass, verdict, explained::text) order by rank) as said
      from rejected_candidate
      where workspace_id = ${workspaceId} and reconciliation_id = ${reconciliationId}
      group by record_id
    )
    insert into changed_rejection (record_id)
    select coalesce(p.record_id, r.record_id)
    from planned p
    full join recorded r on r.record_id = p.record_id
    where p.said is distinct from r.said`;
  const [row] = await tx<{ records: number; digest: string }[]>`
    select (select count(*)::integer from changed_rejection) as records,
           coalesce(bit_xor(hashtextextended(
             concat_ws(chr(31), p.record_id, p.rank, p.candidate_id, p.pass, p.verdict, p.explained), 0)), 0)::text as digest
    from planned_rejection p
    where p.record_id in (select record_id from changed_rejection)`;
  return row ?? { records: 0, digest: '0' };
}
