import { z } from 'zod';
import type { NoticePayload, ReplyPayload } from '../../core/message.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
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
  amount: optionalText,
  until: optionalText,
});

const eventShape = z.object({ seq: z.string().regex(/^\d+$/) });

const noticeShape = z.object({
  title: z.string(),
  body: z.string(),
  facts: z.array(
    z.object({ label: z.string(), value: z.union([z.string(), z.object({ instant: z.string() })]) }),
  ),
  exception: z.object({ id: z.string(), version: z.number(), isOffer: z.boolean().optional() }).optional(),
});

/** The message as it must look now; undefined when what it speaks of does not exist. */
export async function compose(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  return await COMPOSERS[leased.kind](context, leased);
}

const COMPOSERS = {
  card: composeCard,
  reply: composeReply,
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

/** A line of the trail, named by its event; rows of earlier releases carry the line itself. */
async function composeReply(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const named = eventShape.safeParse(leased.payload);
  const payload = named.success
    ? await lineOf(context, leased.exceptionId ?? '', BigInt(named.data.seq))
    : lineIn(leased.payload);
  return payload && fixed('tieout_reply', leased, renderReply(payload));
}

async function lineOf(
  { sql, workspaceId }: SenderContext,
  exceptionId: string,
  seq: bigint,
): Promise<ReplyPayload | undefined> {
  const histories = await inWorkspace(sql, workspaceId, (tx) => historyOf(tx, workspaceId, [exceptionId]));
  return histories.get(exceptionId)?.find((line) => line.seq === seq);
}

function lineIn(stored: unknown): ReplyPayload {
  const { actor: who, ...line } = replyShape.parse(stored);
  const person = who && { personId: who.personId, name: who.name, slackUserId: who.slackUserId };
  return { ...line, actor: person ?? undefined };
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
