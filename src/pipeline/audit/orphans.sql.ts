import type { Tx } from '../../db/tx.ts';

export type Orphans = {
  readonly table: string;
  readonly rows: number;
  readonly example: string;
  readonly lacks: string;
};

/**
 * Rows of the bulk tables that point to nothing. They have no foreign keys, because one asks its question once per row;
 * here it is asked once per table.
 */
export async function orphans(tx: Tx, workspaceId: string): Promise<readonly Orphans[]> {
  return await tx<Orphans[]>`
    with found as (
      select 'record' as table, 'delivery' as lacks, r.record_id::text as example
      from record r
      where r.workspace_id = ${workspaceId} and not exists (
        select from delivery d where d.workspace_id = r.workspace_id and d.delivery_id = r.delivery_id)
      union all
      select 'record', 'feed', r.record_id::text
      from record r
      where r.workspace_id = ${workspaceId} and not exists (
        select from feed f where f.workspace_id = r.workspace_id and f.feed_id = r.feed_id)
      union all
      select 'record', 'currency', r.record_id::text
      from record r
      where r.workspace_id = ${workspaceId} and r.currency is not null and not exists (
        select from currency c where c.code = r.currency)
      union all
      select 'match', 'run', m.match_id::text
      from match m
      where m.workspace_id = ${workspaceId} and not exists (
        select from run where run.workspace_id = m.workspace_id and run.run_id = m.run_id)
      union all
      select 'match_member', 'match', mm.match_id::text
      from match_member mm
      where mm.workspace_id = ${workspaceId} and not exists (
        select from match m where m.workspace_id = mm.workspace_id and m.match_id = mm.match_id)
      union all
      select 'match_member', 'record', mm.record_id::text
      from match_member mm
      where mm.workspace_id = ${workspaceId} and not exists (
        select from record r where r.workspace_id = mm.workspace_id and r.record_id = mm.record_id)
      union all
      select 'rejected_candidate', 'record', c.record_id::text
      from rejected_candidate c
      where c.workspace_id = ${workspaceId} and (
        not exists (select from record r where r.workspace_id = c.workspace_id and r.record_id = c.record_id)
        or not exists (select from record r where r.workspace_id = c.workspace_id and r.record_id = c.candidate_id))
      union all
      select 'exception', 'run', e.exception_id::text
      from exception e
      where e.workspace_id = ${workspaceId} and not exists (
        select from run where run.workspace_id = e.workspace_id and run.run_id = e.run_id)
      union all
      select 'exception', 'reconciliation', e.exception_id::text
      from exception e
      where e.workspace_id = ${workspaceId} and not exists (
        select from reconciliation c
        where c.workspace_id = e.workspace_id and c.reconciliation_id = e.reconciliation_id)
      union all
      select 'exception_member', 'exception', em.exception_id::text
      from exception_member em
      where em.workspace_id = ${workspaceId} and not exists (
        select from exception e where e.workspace_id = em.workspace_id and e.exception_id = em.exception_id)
      union all
      select 'exception_member', 'record', em.record_id::text
      from exception_member em
      where em.workspace_id = ${workspaceId} and not exists (
        select from record r where r.workspace_id = em.workspace_id and r.record_id = em.record_id)
      union all
      select 'flood_member', 'exception', fm.exception_id::text
      from flood_member fm
      where fm.workspace_id = ${workspaceId} and not exists (
        select from exception e where e.workspace_id = fm.workspace_id and e.exception_id = fm.exception_id)
      union all
      select 'flood_member', 'flood_group', fm.group_id::text
      from flood_member fm
      where fm.workspace_id = ${workspaceId} and not exists (
        select from flood_group g where g.workspace_id = fm.workspace_id and g.group_id = fm.group_id)
    )
    select "table", count(*)::integer as rows, min(example) as example, lacks
    from found
    group by "table", lacks
    order by "table", lacks`;
}
