import type { DuplicateSet } from '../../core/match.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Every planned set of repeated records, the one that stays first, taken in as they come; where only what changed is looked at,
 * without those of which an exception stands.
 */
export async function duplicateSets(
  tx: Tx,
  { isStirred }: { readonly isStirred: boolean },
): Promise<DuplicateSet[]> {
  const isOpen = isStirred
    ? tx`not exists (select from standing_exception s where s.rule = d.rule and s.group_key = d.group_key)`
    : tx`true`;
  const sets: DuplicateSet[] = [];
  const query = tx<{ rule: number; group_key: string; members: MemberJson[] }[]>`
    select d.rule, d.group_key, json_agg(${memberJson(tx)} order by d.nth) as members
    from planned_duplicate d
    join told_pool p on p.record_id = d.record_id
    where ${isOpen}
    group by d.rule, d.group_key
    order by d.rule, d.group_key collate "C"`;
  await query.forEach((row) => {
    sets.push({ rule: row.rule, key: row.group_key, members: row.members.map(toMatchRecord) });
  });
  return sets;
}
