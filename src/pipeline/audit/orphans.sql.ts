import type { SqlPart } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

export type Orphans = {
  readonly table: string;
  readonly rows: number;
  readonly example: string;
  readonly lacks: string;
};

type Pointer = {
  readonly table: string;
  /** Which column names the row in what is told. */
  readonly id: string;
  readonly column: string;
  readonly lacks: string;
  /** The key of what is pointed to, where it is called otherwise. */
  readonly key?: string;
};

/** What is kept by no foreign key (docs/adr/0030). */
const POINTERS: readonly Pointer[] = [
  { table: 'record', id: 'record_id', column: 'delivery_id', lacks: 'delivery' },
  { table: 'record', id: 'record_id', column: 'feed_id', lacks: 'feed' },
  { table: 'record_version', id: 'record_id', column: 'record_id', lacks: 'record' },
  { table: 'changed_record', id: 'record_id', column: 'record_id', lacks: 'record' },
  { table: 'changed_record', id: 'record_id', column: 'delivery_id', lacks: 'delivery' },
  { table: 'match', id: 'match_id', column: 'run_id', lacks: 'run' },
  { table: 'match_member', id: 'record_id', column: 'record_id', lacks: 'record' },
  { table: 'unpaired_record', id: 'record_id', column: 'record_id', lacks: 'record' },
  { table: 'rejected_candidate', id: 'record_id', column: 'record_id', lacks: 'record' },
  { table: 'rejected_candidate', id: 'record_id', column: 'candidate_id', lacks: 'record', key: 'record_id' },
  { table: 'exception', id: 'exception_id', column: 'run_id', lacks: 'run' },
  { table: 'exception', id: 'exception_id', column: 'reconciliation_id', lacks: 'reconciliation' },
  { table: 'exception', id: 'exception_id', column: 'team_id', lacks: 'team' },
  { table: 'exception', id: 'exception_id', column: 'owner_id', lacks: 'person', key: 'person_id' },
  { table: 'exception', id: 'exception_id', column: 'last_seq', lacks: 'audit_event', key: 'seq' },
  { table: 'exception_member', id: 'exception_id', column: 'exception_id', lacks: 'exception' },
  { table: 'exception_member', id: 'record_id', column: 'record_id', lacks: 'record' },
  { table: 'flood_member', id: 'exception_id', column: 'exception_id', lacks: 'exception' },
  { table: 'flood_member', id: 'group_id', column: 'group_id', lacks: 'flood_group' },
  { table: 'hold', id: 'hold_id', column: 'last_seq', lacks: 'audit_event', key: 'seq' },
  { table: 'promise', id: 'exception_id', column: 'exception_id', lacks: 'exception' },
  { table: 'promise', id: 'exception_id', column: 'policy_version', lacks: 'sla_policy', key: 'version' },
];

/**
 * Rows of the bulk tables that point to nothing. They have no foreign keys, because one asks its question once per row;
 * here it is asked once per table.
 */
export async function orphans(tx: Tx, workspaceId: string): Promise<readonly Orphans[]> {
  const pointing = POINTERS.map((pointer) => lacking(tx, workspaceId, pointer));
  return await tx<Orphans[]>`
    with named as (
      select m.match_id, of_it.record_id
      from match m
      cross join lateral unnest(m.record_ids) as of_it (record_id)
      where m.workspace_id = ${workspaceId}
    ), member as (
      select match_id, record_id from match_member where workspace_id = ${workspaceId}
    ), found as (
      select 'record' as table, 'currency' as lacks, r.record_id::text as example
      from record r
      where r.workspace_id = ${workspaceId} and r.currency is not null and not exists (
        select from currency c where c.code = r.currency)
      union all
      -- A match and its members say of each other who belongs to it (docs/adr/0034).
      select 'match', 'match_member', match_id::text
      from (select match_id, record_id from named except select match_id, record_id from member) as unkept
      union all
      select 'match_member', 'match', match_id::text
      from (select match_id, record_id from member except select match_id, record_id from named) as unnamed
      ${pointing.reduce((all, one) => tx`${all} union all ${one}`, tx``)}
    )
    select "table", count(*)::integer as rows, min(example) as example, lacks
    from found
    group by "table", lacks
    order by "table", lacks`;
}

/** The rows of one table that point to what is not there; currencies are the only ones that belong to no workspace. */
const lacking = (
  tx: Tx,
  workspaceId: string,
  { table, id, column, lacks, key = column }: Pointer,
): SqlPart => tx`
  select ${table}::text, ${lacks}::text, p.${tx(id)}::text
  from ${tx(table)} p
  where p.workspace_id = ${workspaceId} and p.${tx(column)} is not null and not exists (
    select from ${tx(lacks)} t where t.workspace_id = p.workspace_id and t.${tx(key)} = p.${tx(column)})`;
