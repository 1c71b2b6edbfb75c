import { ONE_SIDED } from '../../core/one-sided.ts';
import type { Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { GROUP_COLUMNS, hashed, inputOf, plannedGroup, sumsOf } from './sums.sql.ts';

/** Sums the planned groups of one pass, or of all that were not summed as they were found, and settles those that are equal. */
export async function sumGroups(
  tx: Tx,
  spec: Reconciliation,
  of: { readonly only: string; readonly isFirst: boolean } | { readonly except: readonly string[] },
): Promise<void> {
  const pool = 'only' in of && of.isFirst ? tx`pool` : tx`set_pool`;
  const isMeant =
    'only' in of ? tx`n.pass = ${of.only}` : tx`n.pass <> all(${of.except as string[]}::text[])`;
  const isOneSided = tx`s.pass = any(${Object.keys(ONE_SIDED)}::text[])`;
  await tx`
    insert into planned_group (pass, group_key, ${GROUP_COLUMNS(tx)})
    select s.pass, s.group_key, ${plannedGroup(tx, spec, isOneSided)}
    from (
      select m.pass, m.group_key, ${sumsOf(tx)}
      from (
        select n.pass, n.group_key, n.side, p.version, p.amount_minor, p.currency, p.is_credit, ${inputOf(tx)} as input
        from planned_set n
        join ${pool} p on p.record_id = n.record_id
        where ${isMeant}
      ) m
      group by m.pass, m.group_key
    ) s
    order by s.pass, s.group_key`;
}

/** Says of the groups that are no pairs which records they have, and hashes them: what is put in order is only what must be. */
export async function finishLarger(tx: Tx): Promise<void> {
  const input = inputOf(tx);
  await tx`
    update planned_group g set inputs_hash = larger.inputs_hash, record_ids = larger.record_ids
    from (
      select g.nth, ${hashed(tx, tx`string_agg(${input}, ',' order by ${input} collate "C")`)} as inputs_hash,
             array_agg(p.record_id order by p.record_id) as record_ids
      from planned_group g
      join planned_set m on m.pass = g.pass and m.group_key = g.group_key
      join set_pool p on p.record_id = m.record_id
      where g.expected_id is null
      group by g.nth
    ) larger
    where g.nth = larger.nth`;
  await tx`analyze planned_group (pass, group_key, outcome, nth, match_id, expected_id, holds_members)`;
}
