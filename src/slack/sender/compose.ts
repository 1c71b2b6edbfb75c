import { z } from 'zod';
import type { NoticePayload, ReplyPayload } from '../../core/message.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import type { Message } from '../views/blocks.ts';
import { renderCard, renderMinimalCard } from '../views/card.ts';
import { renderNotice, renderReply } from '../views/messages.ts';
import type { SenderContext } from './context.ts';

/** A message ready to go, with a plainer form for when Slack refuses how it looks. */
export type Composed = {
  readonly full: Message;
  readonly minimal: Message;
  readonly metadata: {
    readonly event_type: string;
    readonly event_payload: Readonly<Record<string, string | number>>;
  };
  /** The version of the exception that it shows; 1 for what never changes. */
  readonly revision: number;
};

const actor = z.object({ personId: z.string(), name: z.string(), slackUserId: z.string().optional() });
const optionalText = z
  .string()
  .nullish()
  .transform((text) => text ?? undefined);

const replyShape = z.object({
  at: z.string(),
  action: z.string(),
  actor: actor.nullish(),
  from: optionalText,
  to: optionalText,
  reason: optionalText,
  note: optionalText,
  target: optionalText,
});

const noticeShape = z.object({
  title: z.string(),
  body: z.string(),
  facts: z.array(
    z.object({ label: z.string(), value: z.union([z.string(), z.object({ instant: z.string() })]) }),
  ),
  exception: z.object({ id: z.string(), version: z.number() }).optional(),
});

/** The message as it must look now; undefined when what it speaks of does not exist. */
export async function compose(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  return await COMPOSERS[leased.kind](context, leased);
}

const COMPOSERS = {
  card: composeCard,
  reply: async (_context: SenderContext, leased: Leased) => composeReply(leased),
  notice: async (_context: SenderContext, leased: Leased) => composeNotice(leased),
} satisfies Record<Leased['kind'], (context: SenderContext, leased: Leased) => Promise<Composed | undefined>>;

async function composeCard(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const facts = leased.exceptionId === undefined ? undefined : await context.readFacts(leased.exceptionId);
  if (!facts) return undefined;
  return {
    full: renderCard(facts),
    minimal: renderMinimalCard(facts),
    metadata: {
      event_type: 'tieout_card',
      event_payload: { outbox_id: leased.outboxId, exception_id: facts.exceptionId, revision: facts.version },
    },
    revision: facts.version,
  };
}

function composeReply(leased: Leased): Composed {
  const { actor: who, ...line } = replyShape.parse(leased.payload);
  const person = who && { personId: who.personId, name: who.name, slackUserId: who.slackUserId };
  const payload: ReplyPayload = { ...line, actor: person ?? undefined };
  return fixed('tieout_reply', leased, renderReply(payload));
}

function composeNotice(leased: Leased): Composed {
  const { exception, ...rest } = noticeShape.parse(leased.payload);
  const payload: NoticePayload = exception === undefined ? rest : { ...rest, exception };
  return fixed('tieout_notice', leased, renderNotice(payload));
}

const fixed = (eventType: string, { outboxId }: Leased, message: Message): Composed => ({
  full: message,
  minimal: { text: message.text, blocks: [] },
  metadata: { event_type: eventType, event_payload: { outbox_id: outboxId } },
  revision: 1,
});
