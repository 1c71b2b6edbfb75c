import { z } from 'zod';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { minimalAgenda, renderAgenda } from '../views/triage.ts';
import type { Composed } from './compose.ts';
import type { SenderContext } from './context.ts';

const payloadShape = z.object({ triage: z.literal('agenda'), meeting_id: z.uuid(), page: z.int().min(1) });

export const isTriage = (payload: unknown): boolean => payloadShape.safeParse(payload).success;

/** A message of a triage agenda as it is now; it changes in place with what is decided. Undefined when there is no such meeting. */
export async function composeTriage(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const { meeting_id: meetingId, page } = payloadShape.parse(leased.payload);
  const { outboxId } = leased;
  const shown = await context.readAgenda({ meetingId, page, outboxId });
  if (!shown) return undefined;
  const full = renderAgenda(shown.agenda, await context.reader(leased.address));
  return {
    full,
    minimal: minimalAgenda(full),
    metadata: {
      event_type: 'tieout_triage',
      event_payload: { outbox_id: outboxId, meeting_id: meetingId, revision: shown.revision },
    },
    revision: shown.revision,
    card: `triage:${meetingId}:${page}`,
  };
}
