import type { Tx } from '../../db/tx.ts';

/** The id of the latest triage meeting, or of the latest held on that day (`YYYY-MM-DD` in the zone); undefined when there was none. */
export async function findMeeting(
  tx: Tx,
  { workspaceId, day, zone }: { workspaceId: string; day: string | undefined; zone: string },
): Promise<string | undefined> {
  const [row] = await tx<{ meeting_id: string }[]>`
    select meeting_id from triage_meeting
    where workspace_id = ${workspaceId}
      and (${day ?? null}::date is null or (meets_at at time zone ${zone})::date = ${day ?? null}::date)
    order by meets_at desc
    limit 1`;
  return row?.meeting_id;
}
