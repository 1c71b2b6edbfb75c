import type { MatchRecord } from '../../core/match.ts';
import type { GroupSums } from '../../core/verify.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { membersOf } from '../../db/planned-members.sql.ts';
import type { Tx } from '../../db/tx.ts';

export type UndecidedGroup = {
  /** Of the match that it becomes, unless that stands already: by it the group is known among the planned ones. */
  readonly matchId: string;
  readonly pass: string;
  readonly key: string;
  readonly sums: GroupSums;
  readonly members: readonly MatchRecord[];
};

/**
 * Hands over the groups whose sides are not simply equal, with their members, as they come: the next are read meanwhile. The
 * planned groups are read once.
 */
export async function undecidedGroups(tx: Tx, take: (group: UndecidedGroup) => void): Promise<void> {
  const query = tx<GroupRow[]>`
    with undecided as materialized (
      select g.match_id, g.pass, g.group_key, g.expected_minor, g.actual_minor, g.credits_minor, g.without_amount, g.currency,
             g.expected_id, g.actual_id
      from planned_group g
      where g.outcome is null
    ),
    said as (
      select m.match_id, json_agg(${memberJson(tx)} order by p.side desc, p.occurred_on, p.source_ref collate "C", p.record_id) as members
      from ${membersOf(tx, 'undecided')} m
      join pool p on p.record_id = m.record_id
      group by m.match_id
    )
    select u.match_id, u.pass, u.group_key, u.expected_minor, u.actual_minor, u.credits_minor, u.without_amount, u.currency,
           said.members
    from undecided u
    join said on said.match_id = u.match_id
    order by u.pass collate "C", u.group_key collate "C"`;
  await query.forEach((row) => {
    take(toGroup(row));
  });
}

type GroupRow = {
  match_id: string;
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
  matchId: row.match_id,
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
