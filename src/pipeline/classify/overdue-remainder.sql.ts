import type { MatchRecord } from '../../core/match.ts';
import type { Side } from '../../core/spec.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import type { Tx } from '../../db/tx.ts';

/** Unpaired records of one side whose day plus `afterDays` has come by the cut-off day. */
export async function overdueRemainder(
  tx: Tx,
  { side, afterDays, cutoffOn }: { side: Side; afterDays: number; cutoffOn: string },
): Promise<MatchRecord[]> {
  const rows = await tx<{ member: MemberJson }[]>`
    select ${memberJson(tx)} as member
    from pool p
    where p.side = ${side}
      and p.occurred_on + ${afterDays}::integer <= ${cutoffOn}::date
      and not exists (select from planned_member m where m.record_id = p.record_id)
      and not exists (select from planned_duplicate d where d.record_id = p.record_id and d.nth > 1)
    order by p.occurred_on, p.source_ref collate "C", p.record_id`;
  return rows.map((row) => toMatchRecord(row.member));
}
