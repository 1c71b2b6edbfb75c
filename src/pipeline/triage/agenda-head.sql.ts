import type { Agenda } from '../../core/triage.ts';
import type { Tx } from '../../db/tx.ts';

/** What holds for all pages of an agenda; undefined when there is no such meeting. */
export async function agendaHead(
  tx: Tx,
  { workspaceId, meetingId }: { workspaceId: string; meetingId: string },
): Promise<Omit<Agenda, 'items' | 'page' | 'meetingId'> | undefined> {
  const [head] = await tx<Head[]>`
    select m.meets_at, m.left_over, max(i.page) as pages, count(*)::integer as count,
           count(*) filter (where i.outcome is null)::integer as undecided,
           (select json_agg(json_build_object('minor', s.minor::text, 'currency', s.currency) order by s.currency)
            from (select x.currency, sum(x.at_stake_minor) as minor
                  from triage_item j
                  join exception x on x.workspace_id = j.workspace_id and x.exception_id = j.exception_id
                  where j.workspace_id = m.workspace_id and j.meeting_id = m.meeting_id
                  group by x.currency) s) as at_stake
    from triage_meeting m
    join triage_item i on i.workspace_id = m.workspace_id and i.meeting_id = m.meeting_id
    where m.workspace_id = ${workspaceId} and m.meeting_id = ${meetingId}
    group by m.workspace_id, m.meeting_id, m.meets_at, m.left_over`;
  return (
    head && {
      meetsAt: head.meets_at,
      pages: head.pages,
      count: head.count,
      undecided: head.undecided,
      leftOver: head.left_over,
      atStake: head.at_stake.map(({ minor, currency }) => ({ minor: BigInt(minor), currency })),
    }
  );
}

type Head = {
  meets_at: Date;
  left_over: number;
  pages: number;
  count: number;
  undecided: number;
  at_stake: { minor: string; currency: string }[];
};
