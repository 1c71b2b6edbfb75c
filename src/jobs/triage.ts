import type { Calendar } from '../core/calendar.ts';
import { latestAgenda, type TriageTerms } from '../core/triage.ts';
import type { Sql } from '../db/client.ts';
import { wakeSoon } from '../db/outbox/wake-soon.ts';
import { makeWatermark } from '../db/schedule/make-watermark.sql.ts';
import { moveWatermark } from '../db/schedule/move-watermark.sql.ts';
import { takeWatermark } from '../db/schedule/take-watermark.sql.ts';
import { inWorkspace } from '../db/tx.ts';
import type { Logger } from '../observe/logger.ts';
import { type PostedAgenda, postAgenda } from '../pipeline/triage/post-agenda.ts';
import { everyMinute } from './minutely.ts';

type TriageOptions = {
  readonly sql: Sql;
  readonly workspaceId: string;
  readonly terms: TriageTerms;
  readonly calendar: Calendar;
  readonly logger: Logger;
  readonly clock?: () => Date;
};

/** Its name cannot be a schedule's of tieout.yaml: those have no dot. */
const WATERMARK = 'triage.agenda';

/** Looks once a minute whether the agenda of a triage meeting is due, and posts it. */
export function startTriage(options: TriageOptions): { stop: () => Promise<void> } {
  const { logger, workspaceId, clock = () => new Date() } = options;
  return everyMinute(async () => {
    try {
      const posted = await postDueAgenda(options, clock());
      if (posted) logger.info({ workspaceId, ...posted }, 'a triage agenda was posted');
    } catch (error) {
      logger.error({ err: error, workspaceId }, 'the triage agenda failed; it is tried again in a minute');
    }
  });
}

/**
 * Posts the agenda that is due, once for each meeting, whatever crashes and however many instances look: the watermark
 * moves in the same transaction. Missed agendas become one.
 */
export async function postDueAgenda(
  { sql, workspaceId, terms, calendar }: Omit<TriageOptions, 'logger'>,
  now: Date,
): Promise<PostedAgenda | undefined> {
  const key = { workspaceId, scheduleKey: WATERMARK };
  await inWorkspace(sql, workspaceId, (tx) => makeWatermark(tx, { ...key, now }));
  const posted = await inWorkspace(sql, workspaceId, async (tx) => {
    const after = await takeWatermark(tx, key);
    const meeting = after && latestAgenda(terms, calendar, { after, now });
    if (!meeting) return undefined;
    await moveWatermark(tx, { ...key, slotAt: meeting.postsAt });
    return await postAgenda(tx, { workspaceId, terms, meetsAt: meeting.meetsAt, now });
  });
  if (posted) wakeSoon(sql, workspaceId);
  return posted;
}
