import type { TriageDecision } from '../../core/triage.ts';
import type { Tx } from '../../db/tx.ts';

export type NewMeeting = {
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly meetsAt: Date;
  readonly postedAt: Date;
  readonly team: string;
  readonly leftOver: number;
  /** In the order of the agenda. */
  readonly items: readonly { exceptionId: string; page: number; proposed: TriageDecision }[];
};

/** Puts the meeting on the record with its agenda. */
export async function insertMeeting(tx: Tx, meeting: NewMeeting): Promise<void> {
  const { items } = meeting;
  await tx`
    with held as (
      insert into triage_meeting (workspace_id, meeting_id, meets_at, posted_at, team_key, left_over)
      values (${meeting.workspaceId}, ${meeting.meetingId}, ${meeting.meetsAt.toISOString()}, ${meeting.postedAt.toISOString()},
              ${meeting.team}, ${meeting.leftOver})
      returning workspace_id, meeting_id
    )
    insert into triage_item (workspace_id, meeting_id, exception_id, place, page, proposed)
    select held.workspace_id, held.meeting_id, i.exception_id, i.place, i.page, i.proposed
    from held,
      unnest(${items.map(({ exceptionId }) => exceptionId)}::uuid[], ${items.map(({ page }) => page)}::integer[],
             ${items.map(({ proposed }) => proposed)}::text[]) with ordinality as i (exception_id, page, proposed, place)`;
}
