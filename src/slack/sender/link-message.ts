import { z } from 'zod';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import type { Message } from '../views/blocks.ts';
import { renderVouch } from '../views/link.ts';
import type { SenderContext } from './context.ts';

const linkShape = z.object({
  link: z.object({
    request_id: z.string(),
    slack_name: z.string(),
    action_id: z.string(),
    label: z.string(),
    until: z.string(),
  }),
});

/** The question to an admin who somebody is; undefined for a message about anything else. */
export async function linkMessage(context: SenderContext, leased: Leased): Promise<Message | undefined> {
  const read = leased.kind === 'notice' ? linkShape.safeParse(leased.payload) : undefined;
  if (!read?.success) return undefined;
  const { link } = read.data;
  const question = {
    requestId: link.request_id,
    slackName: link.slack_name,
    actionId: link.action_id,
    label: link.label,
    until: new Date(link.until),
  };
  return renderVouch(question, await context.reader(leased.address));
}
