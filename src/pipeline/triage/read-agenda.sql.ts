import type { Agenda, AgendaItem, Besides, TriageDecision, TriageOutcome } from '../../core/triage.ts';
import type { Tx } from '../../db/tx.ts';
import { agendaHead } from './agenda-head.sql.ts';

/** The agenda as it is now, whole or one page of it; undefined when there is no such meeting. */
export async function readAgenda(
  tx: Tx,
  { workspaceId, meetingId, page }: { workspaceId: string; meetingId: string; page?: number | undefined },
): Promise<Agenda | undefined> {
  const head = await agendaHead(tx, { workspaceId, meetingId });
  if (!head) return undefined;
  const rows = await tx<Row[]>`
    select i.exception_id, i.proposed, i.outcome, i.decided_at, i.note, i.resolution_code,
           decider.name as decided_by, assignee.name as assigned_to,
           (select json_build_object(
              'wait', count(*) filter (where a.action = 'exception.wait'),
              'escalate', count(*) filter (where a.action in ('exception.escalate', 'exception.breach')))
            from audit_event a
            where a.workspace_id = i.workspace_id and a.entity = 'exception' and a.entity_id = i.exception_id) as besides
    from triage_item i
    left join person decider on decider.workspace_id = i.workspace_id and decider.person_id = i.decided_by
    left join person assignee on assignee.workspace_id = i.workspace_id and assignee.person_id = i.assigned_to
    where i.workspace_id = ${workspaceId} and i.meeting_id = ${meetingId}
      and (${page ?? null}::integer is null or i.page = ${page ?? null}::integer)
    order by i.place`;
  return {
    ...head,
    meetingId,
    page: page ?? 1,
    items: rows.map(toItem),
  };
}

const toItem = (row: Row): AgendaItem => ({
  exceptionId: row.exception_id,
  proposed: row.proposed,
  besides: row.besides,
  decided:
    row.outcome === null || row.decided_at === null
      ? undefined
      : {
          outcome: row.outcome,
          at: row.decided_at,
          byName: row.decided_by ?? undefined,
          assignedTo: row.assigned_to ?? undefined,
          note: row.note ?? undefined,
          resolutionCode: row.resolution_code ?? undefined,
        },
});

type Row = {
  exception_id: string;
  proposed: TriageDecision;
  outcome: TriageOutcome | null;
  decided_at: Date | null;
  note: string | null;
  resolution_code: string | null;
  decided_by: string | null;
  assigned_to: string | null;
  besides: Besides;
};
