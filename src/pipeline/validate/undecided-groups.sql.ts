import type { MatchRecord } from '../../core/match.ts';
import type { GroupSums } from '../../core/verify.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { membersOf } from '../../db/planned-members.sql.ts';
import type { Tx } from '../../db/tx.ts';

export type UndecidedGroup = {
  readonly pass: string;
  readonly key: string;
  readonly sums: GroupSums;
  readonly members: readonly MatchRecord[];
};

/** Hands over the groups whose sides are not simply equal, with their members, as they come: the next are read meanwhile. */
export async function undecidedGroups(tx: Tx, take: (group: UndecidedGroup) => void): Promise<void> {
  const query = tx<GroupRow[]>`
    select g.pass, g.group_key, g.expected_minor, g.actual_minor, g.credits_minor, g.without_amount,
           g.currency, json_agg(${memberJson(tx)} order by p.side desc, p.occurred_on, p.source_ref collate "C", p.record_id) as members
    from planned_group g
    join ${membersOf(tx, tx`g.outcome is null`)} m on m.pass = g.pass and m.group_key = g.group_key
    join pool p on p.record_id = m.record_id
    where g.outcome is null
    group by g.pass, g.group_key, g.expected_minor, g.actual_minor, g.credits_minor, g.without_amount, g.currency
    order by g.pass collate "C", g.group_key collate "C"`;
  await query.forEach((row) => {
    take(toGroup(row));
  });
}

type GroupRow = {
  pass: string;
  group_key: string;
  expected_minor: bigint | null;
  actual_minor: bigint | null;
  credits_minor: bigint;
  without_amount: number;
  currency: string | null;
  members: MemberJson[];
};

const toGroup = (row: GroupRow): UndecidedGroup => ({
  pass: row.pass,
  key: row.group_key,
  sums: {
    expectedMinor: row.expected_minor ?? undefined,
    actualMinor: row.actual_minor ?? undefined,
    creditsMinor: row.credits_minor,
    currency: row.currency ?? undefined,
    withoutAmount: row.without_amount,
  },
  members: row.members.map(toMatchRecord),
});
