import type { MinutesItem } from '../../core/minutes.ts';
import type { Agenda } from '../../core/triage.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { findMeeting } from './find-meeting.sql.ts';
import { readAgenda } from './read-agenda.sql.ts';

export type Meeting = { readonly agenda: Agenda; readonly items: readonly MinutesItem[] };

/** The latest triage meeting, or that of a day, with its exceptions as they are now; undefined when there was none. */
export async function readMeeting(
  tx: Tx,
  about: { workspaceId: string; day: string | undefined; zone: string },
): Promise<Meeting | undefined> {
  const { workspaceId } = about;
  const meetingId = await findMeeting(tx, about);
  const agenda = meetingId === undefined ? undefined : await readAgenda(tx, { workspaceId, meetingId });
  if (!agenda) return undefined;
  const ids = agenda.items.map(({ exceptionId }) => exceptionId);
  const facts = new Map((await readCardFacts(tx, workspaceId, ids)).map((one) => [one.exceptionId, one]));
  return {
    agenda,
    items: agenda.items.flatMap((item) => {
      const one = facts.get(item.exceptionId);
      return one ? [{ item, facts: one }] : [];
    }),
  };
}
