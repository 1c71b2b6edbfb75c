import type { MatchRecord } from '../../core/match.ts';
import type { Side } from '../../core/spec.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Unpaired records of one side whose day plus `afterDays` has come by the cut-off day; where only what changed is looked at,
 * without those of which an exception stands. Taken in as they come.
 */
export async function overdueRemainder(
  tx: Tx,
  input: {
    side: Side;
    afterDays: number;
    cutoffOn: string;
    isStirred: boolean;
  },
): Promise<MatchRecord[]> {
  const { side, afterDays, cutoffOn } = input;
  const isOpen = input.isStirred
    ? tx`not exists (select from standing_exception s where s.record_id = p.record_id)`
    : tx`true`;
  const records: MatchRecord[] = [];
  const query = tx<{ member: MemberJson }[]>`
    select ${memberJson(tx)} as member
    from remainder p
    where p.side = ${side}
      and p.occurred_on + ${afterDays}::integer <= ${cutoffOn}::date
      and ${isOpen}
    order by p.occurred_on, p.source_ref collate "C", p.record_id`;
  await query.forEach((row) => {
    records.push(toMatchRecord(row.member));
  });
  return records;
}
