import { z } from 'zod';
import type { EndedOffer } from '../../core/hand-over.ts';
import type { ReplyPayload } from '../../core/message.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import { shownOffer } from '../../db/cards/shown-offer.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace } from '../../db/tx.ts';
import type { Message } from '../views/blocks.ts';
import { renderBulkNotice } from '../views/bulk-notice.ts';
import { renderCard, renderMinimalCard } from '../views/card.ts';
import { minimalGroup, renderGroup } from '../views/group.ts';
import { renderNotice, renderReply } from '../views/messages.ts';
import { bulkNoticeIn } from './bulk-message.ts';
import type { SenderContext } from './context.ts';
import { deliveryMessage } from './delivery-message.ts';
import { composeDigest } from './digest-message.ts';
import { composeIntake, isIntake } from './intake-message.ts';
import { linkMessage } from './link-message.ts';
import { lineIn, noticeIn } from './notice-shape.ts';
import { composeProposal, isProposal } from './proposal-message.ts';
import { composeRuleChange, isRuleChange } from './rule-message.ts';
import { composeTriage, isTriage } from './triage-message.ts';

/** A message ready to go, with a plainer form for when Slack refuses how it looks. */
export type Composed = {
  readonly full: Message;
  readonly minimal: Message;
  readonly metadata: {
    readonly event_type: string;
    readonly event_payload: Readonly<Record<string, string | number>>;
  };
  /** The version that it shows, of the exception or of the group; 1 for what never changes. */
  readonly revision: number;
  /** The dedupe key of what changes in place; undefined for what is said once. */
  readonly card?: string;
};

const groupShape = z.object({ group_id: z.uuid() });
const eventShape = z.object({ seq: z.string().regex(/^\d+$/) });

/** The message as it must look now; undefined when what it speaks of does not exist. */
export async function compose(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const told = (await deliveryMessage(context, leased)) ?? (await linkMessage(context, leased));
  if (told) return fixed(`tieout_${leased.kind}`, leased, told);
  if (isIntake(leased.payload)) return await composeIntake(context, leased);
  if (isTriage(leased.payload)) return await composeTriage(context, leased);
  if (isProposal(leased.payload)) return await composeProposal(context, leased);
  if (isRuleChange(leased.payload)) return await composeRuleChange(context, leased);
  return await COMPOSERS[leased.kind](context, leased);
}

const COMPOSERS = {
  card: composeCard,
  group: composeGroup,
  reply: composeReply,
  notice: composeNotice,
  digest: composeDigest,
} satisfies Record<Leased['kind'], (context: SenderContext, leased: Leased) => Promise<Composed | undefined>>;

async function composeCard(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const facts = leased.exceptionId === undefined ? undefined : await context.readFacts(leased.exceptionId);
  if (!facts) return undefined;
  const reader = await context.reader(leased.address);
  return {
    full: renderCard(facts, reader),
    minimal: renderMinimalCard(facts, reader),
    metadata: {
      event_type: 'tieout_card',
      event_payload: { outbox_id: leased.outboxId, exception_id: facts.exceptionId, revision: facts.version },
    },
    revision: facts.version,
    card: `card:${facts.exceptionId}`,
  };
}

async function composeGroup(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const { group_id: groupId } = groupShape.parse(leased.payload);
  const facts = await context.readGroup(groupId);
  if (!facts) return undefined;
  const { outboxId } = leased;
  const full = renderGroup(facts, await context.reader(leased.address));
  return {
    full,
    minimal: minimalGroup(full),
    metadata: {
      event_type: 'tieout_group',
      event_payload: { outbox_id: outboxId, group_id: groupId, revision: facts.revision },
    },
    revision: facts.revision,
    card: `group:${groupId}`,
  };
}

/** A line of the trail, named by its event; rows of earlier releases carry the line itself. */
async function composeReply(context: SenderContext, leased: Leased): Promise<Composed | undefined> {
  const named = eventShape.safeParse(leased.payload);
  const payload = named.success
    ? await lineOf(context, leased.exceptionId ?? '', BigInt(named.data.seq))
    : lineIn(leased.payload);
  if (!payload) return undefined;
  const reader = await context.reader(leased.address);
  const amountTag = payload.settledFor && (await tagOf(context, leased.exceptionId));
  return fixed('tieout_reply', leased, renderReply(payload, { reader, amountTag }));
}

async function lineOf(
  { sql, workspaceId }: SenderContext,
  exceptionId: string,
  seq: bigint,
): Promise<ReplyPayload | undefined> {
  const histories = await inWorkspace(sql, workspaceId, (tx) => historyOf(tx, workspaceId, [exceptionId]));
  return histories.get(exceptionId)?.find((line) => line.seq === seq);
}

async function composeNotice(context: SenderContext, leased: Leased): Promise<Composed> {
  const reader = await context.reader(leased.address);
  const bulk = bulkNoticeIn(leased.payload);
  if (bulk?.bulk.what === 'offered')
    return await composeOffer(context, leased, (ended) => renderBulkNotice(bulk, reader, ended));
  if (bulk) return fixed('tieout_notice', leased, renderBulkNotice(bulk, reader));
  const payload = noticeIn(leased.payload);
  const amountTag = await tagOf(context, leased.exceptionId);
  const render = (ended?: EndedOffer): Message => renderNotice(payload, { reader, amountTag, ended });
  const isOffer = 'notice' in payload && payload.notice === 'offered';
  return isOffer ? await composeOffer(context, leased, render) : fixed('tieout_notice', leased, render());
}

/** A message that makes an offer: it changes when that is over. */
async function composeOffer(
  { sql, workspaceId }: SenderContext,
  leased: Leased,
  render: (ended: EndedOffer | undefined) => Message,
): Promise<Composed> {
  const { outboxId } = leased;
  const { revision, ended } = await inWorkspace(sql, workspaceId, (tx) =>
    shownOffer(tx, workspaceId, outboxId),
  );
  return { ...fixed('tieout_notice', leased, render(ended)), revision, card: `offer:${outboxId}` };
}

/** How the client of the exception writes amounts. */
const tagOf = async (context: SenderContext, exceptionId: string | undefined): Promise<string | undefined> =>
  exceptionId === undefined ? undefined : (await context.readFacts(exceptionId))?.amountTag;

const fixed = (eventType: string, { outboxId }: Leased, message: Message): Composed => ({
  full: message,
  minimal: { text: message.text, blocks: [] },
  metadata: { event_type: eventType, event_payload: { outbox_id: outboxId } },
  revision: 1,
});
