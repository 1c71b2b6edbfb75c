import { ITEMS_PER_PAGE, MOST_ITEMS, proposals, type TriageTerms } from '../../core/triage.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { carryOver } from './carry-over.sql.ts';
import { dueCases } from './due-cases.sql.ts';
import { hasMeeting } from './has-meeting.sql.ts';
import { insertMeeting } from './insert-meeting.sql.ts';
import { insertPages } from './insert-pages.sql.ts';

export type PostedAgenda = { readonly meetingId: string; readonly items: number; readonly leftOver: number };

/**
 * Puts the agenda of a meeting on the record and into the outbox, in the caller's transaction. What earlier meetings did
 * not decide is on it again. Returns undefined, with nothing written, when there is nothing to decide, or the
 * agenda of that meeting was posted before, by a configuration that posts it earlier.
 */
export async function postAgenda(
  tx: Tx,
  { workspaceId, terms, meetsAt, now }: { workspaceId: string; terms: TriageTerms; meetsAt: Date; now: Date },
): Promise<PostedAgenda | undefined> {
  if (await hasMeeting(tx, { workspaceId, meetsAt })) return undefined;
  const { cases, count } = await dueCases(tx, { workspaceId, limit: MOST_ITEMS });
  if (cases.length === 0) return undefined;
  const carried = await carryOver(tx, { workspaceId, now });
  const meetingId = newId();
  const leftOver = count - cases.length;
  const proposed = proposals(cases, terms);
  const items = cases.map(({ exceptionId }, index) => ({
    exceptionId,
    page: Math.floor(index / ITEMS_PER_PAGE) + 1,
    proposed: proposed[index] ?? 'assign',
  }));
  const { team } = terms;
  await insertMeeting(tx, { workspaceId, meetingId, meetsAt, postedAt: now, team, leftOver, items });
  await insertPages(tx, { workspaceId, meetingId, team, pages: items.at(-1)?.page ?? 1 });
  await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: 'triage.agenda',
        entity: 'triage_meeting',
        entityId: meetingId,
        actor: { kind: 'program', name: 'triage' },
        data: { meets_at: meetsAt.toISOString(), items: items.length, carried, left_over: leftOver },
      },
    ],
  });
  return { meetingId, items: items.length, leftOver };
}
