import { forgetMessage } from '../../db/outbox/forget-message.sql.ts';
import { type LeaseKey, markAttempt } from '../../db/outbox/mark-attempt.sql.ts';
import { recordDead } from '../../db/outbox/record-dead.sql.ts';
import { recordRetry } from '../../db/outbox/record-retry.sql.ts';
import { recordSent } from '../../db/outbox/record-sent.sql.ts';
import { recordUnknown } from '../../db/outbox/record-unknown.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import type { Message } from '../views/blocks.ts';
import { rememberChannel, resolveAddress } from './address.ts';
import { type Composed, compose } from './compose.ts';
import { leaseMs, type SenderContext } from './context.ts';
import { lookUp } from './look-up.ts';
import type { Outcome } from './outcome.ts';
import { tellUnreachable } from './unreachable.ts';

/** How long the lane must rest now, and whether Slack shuts the whole app out. */
export type Delivered = {
  readonly restMs: number;
  readonly isShutOut: boolean;
  /** A post took the place of one that a look-up did not find: should that one come late, there are two. */
  readonly isInPlace?: boolean;
};

const ATTEMPTS = 8;
const SHUT_OUT_MS = 60_000;
const QUIET = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false } as const;

/** Brings one leased message to Slack and records what came of it. Slack is called with no transaction open. */
export async function deliver(context: SenderContext, message: Leased): Promise<Delivered> {
  let takenAt = performance.now();
  const composed = await compose(context, message);
  if (!composed) return await bury(context, message, 'what it speaks of does not exist');
  if (message.posted) return await change(context, message, composed);
  if (message.isAmbiguous) {
    const found = await lookUp(context, message);
    if (found.kind === 'no_answer') return await holdBack(context, message, found.outcome);
    if (found.kind === 'found') return await sent(context, message, found);
    takenAt = performance.now();
    const isStillOurs = await record(context, (tx) =>
      markAttempt(tx, keyOf(context, message), leaseMs(context)),
    );
    if (!isStillOurs) return { restMs: 0, isShutOut: false };
  }
  const posted = await post(context, message, { composed, until: lastCall(context, takenAt) });
  return { ...posted, isInPlace: message.isAmbiguous };
}

/** Until when a post may start: it must be over before the lease is, or the next holder might look too early. */
const lastCall = (context: SenderContext, takenAt: number): number =>
  takenAt + leaseMs(context) - context.timing.timeoutMs;

async function change(context: SenderContext, message: Leased, composed: Composed): Promise<Delivered> {
  const { posted } = message;
  if (!posted || !message.exceptionId)
    throw new Error(`outbox ${message.outboxId}: only a posted card changes`);
  // The newest state already stands there; an older one never goes over it.
  if (message.sentRevision >= composed.revision) {
    return { ...(await sent(context, message, { ...posted, revision: message.sentRevision })), restMs: 0 };
  }
  const { metadata } = composed;
  const send = (form: Message) =>
    context.call('chat.update', {
      channel: posted.channelId,
      ts: posted.ts,
      ...form,
      metadata,
      parse: 'none',
      link_names: false,
    });
  const outcome = await withPlainForm(context, message, { composed, send });
  if (outcome.kind === 'done')
    return await sent(context, message, { ...posted, revision: composed.revision });
  if (outcome.kind !== 'gone') return await settle(context, message, outcome);
  const { workspaceId } = context;
  const { exceptionId } = message;
  await record(context, (tx) => forgetMessage(tx, { workspaceId, exceptionId, ts: posted.ts }));
  context.logger.warn(
    { outboxId: message.outboxId, exceptionId },
    'card was deleted in Slack; posting it anew',
  );
  return paced(context);
}

async function post(
  context: SenderContext,
  message: Leased,
  { composed, until }: { composed: Composed; until: number },
): Promise<Delivered> {
  const target = await targetOf(context, message);
  if ('outcome' in target) return await settle(context, message, target.outcome);
  const { metadata } = composed;
  const send = async (form: Message): Promise<Outcome> => {
    // This process stood still: whoever holds the message by now must not find a second one later.
    if (performance.now() > until) return { kind: 'failed', error: 'the lease was nearly over' };
    return await context.call('chat.postMessage', { ...target.args, ...form, ...QUIET, metadata }, [
      'channel',
      'ts',
    ]);
  };
  const outcome = await withPlainForm(context, message, { composed, send });
  if (outcome.kind !== 'done') return await settle(context, message, outcome);
  const channelId = String(outcome.body.channel);
  const ts = String(outcome.body.ts);
  if (message.kind === 'reply' && strayed(outcome.body))
    return await recall(context, message, { channelId, ts });
  if (target.name !== undefined) {
    await rememberChannel(context, message.address, { channel: target.name, channelId });
  }
  return await sent(context, message, { channelId, ts, revision: composed.revision });
}

type Refused = Exclude<Outcome, { kind: 'done' }>;
type Target = { args: Record<string, string>; name: string | undefined } | { outcome: Refused };

async function targetOf(context: SenderContext, message: Leased): Promise<Target> {
  if (message.kind === 'reply') {
    // Its card went away between two looks: the reply waits for the new one.
    if (!message.card) return { outcome: { kind: 'failed', error: 'its card is not posted yet' } };
    return { args: { channel: message.card.channelId, thread_ts: message.card.ts }, name: undefined };
  }
  const resolved = await resolveAddress(context, message.address);
  if (!resolved.ok) return { outcome: resolved.outcome };
  const { channel, isId } = resolved.to;
  return { args: { channel }, name: isId ? undefined : channel };
}

async function withPlainForm(
  context: SenderContext,
  message: Leased,
  how: { composed: Composed; send: (form: Message) => Promise<Outcome> },
): Promise<Outcome> {
  const outcome = await how.send(how.composed.full);
  if (outcome.kind !== 'unshowable') return outcome;
  context.logger.error(
    { outboxId: message.outboxId, error: outcome.error },
    'Slack refused the layout; sending plain text',
  );
  const plain = await how.send(how.composed.minimal);
  return plain.kind === 'unshowable' ? { kind: 'undeliverable', error: plain.error } : plain;
}

/** Slack puts a reply whose parent is deleted into the channel, and says so only by leaving thread_ts out. */
function strayed(body: Readonly<Record<string, unknown>>): boolean {
  const message = body.message as { thread_ts?: string } | undefined;
  return message !== undefined && message.thread_ts === undefined;
}

async function recall(
  context: SenderContext,
  message: Leased,
  stray: { channelId: string; ts: string },
): Promise<Delivered> {
  await context.call('chat.delete', { channel: stray.channelId, ts: stray.ts });
  const { card, exceptionId } = message;
  await record(context, async (tx) => {
    if (card && exceptionId) {
      await forgetMessage(tx, { workspaceId: context.workspaceId, exceptionId, ts: card.ts });
    }
    const error = 'its card was deleted in Slack';
    await recordRetry(tx, keyOf(context, message), { error, delayMs: 0, counts: true });
  });
  return paced(context);
}

const SETTLERS = {
  rate_limited: async (context, message, outcome) => {
    await retry(context, message, { error: 'ratelimited', delayMs: 0, counts: false });
    return { restMs: outcome.waitMs, isShutOut: false };
  },
  unknown: async (context, message, outcome) => {
    await record(context, (tx) =>
      recordUnknown(tx, keyOf(context, message), { error: outcome.error, delayMs: 0 }),
    );
    context.logger.warn(
      { outboxId: message.outboxId, error: outcome.error },
      'outcome unknown; will look before sending again',
    );
    return paced(context);
  },
  shut_out: async (context, message, outcome) => {
    await retry(context, message, { error: outcome.error, delayMs: 0, counts: false });
    return { restMs: SHUT_OUT_MS, isShutOut: true };
  },
  undeliverable: (context, message, outcome) => bury(context, message, outcome.error),
  unshowable: (context, message, outcome) => bury(context, message, outcome.error),
  gone: (context, message, outcome) => again(context, message, outcome.error),
  failed: (context, message, outcome) => again(context, message, outcome.error),
} satisfies {
  [Kind in Refused['kind']]: (
    context: SenderContext,
    message: Leased,
    outcome: Extract<Refused, { kind: Kind }>,
  ) => Promise<Delivered>;
};

async function settle(context: SenderContext, message: Leased, outcome: Refused): Promise<Delivered> {
  const settler = SETTLERS[outcome.kind] as (c: SenderContext, m: Leased, o: Refused) => Promise<Delivered>;
  return await settler(context, message, outcome);
}

/** A look-up that got no answer: the message stays unknown. Never guessed, because guessing wrong posts twice. */
async function holdBack(context: SenderContext, message: Leased, outcome: Refused): Promise<Delivered> {
  const waitMs = outcome.kind === 'rate_limited' ? outcome.waitMs : backoffMs(message.attempts + 3);
  const error = `look-up: ${outcome.kind === 'rate_limited' ? 'ratelimited' : outcome.error}`;
  await record(context, (tx) => recordUnknown(tx, keyOf(context, message), { error, delayMs: waitMs }));
  context.logger.error(
    { outboxId: message.outboxId, error },
    'cannot look up whether a message was sent; holding it back',
  );
  return { restMs: context.timing.paceMs, isShutOut: outcome.kind === 'shut_out' };
}

async function again(context: SenderContext, message: Leased, error: string): Promise<Delivered> {
  if (message.attempts >= ATTEMPTS) return await bury(context, message, error);
  await retry(context, message, { error, delayMs: backoffMs(message.attempts), counts: true });
  return paced(context);
}

async function bury(context: SenderContext, message: Leased, error: string): Promise<Delivered> {
  await record(context, async (tx) => {
    await recordDead(tx, keyOf(context, message), error);
    await tellUnreachable(tx, message, { workspaceId: context.workspaceId, error });
  });
  const { outboxId, address, kind } = message;
  context.logger.error({ outboxId, address, kind, error }, 'message given up');
  return paced(context);
}

async function sent(
  context: SenderContext,
  message: Leased,
  standing: { channelId: string; ts: string; revision: number },
): Promise<Delivered> {
  const isRecorded = await record(context, (tx) => recordSent(tx, keyOf(context, message), standing));
  if (!isRecorded)
    context.logger.warn(
      { outboxId: message.outboxId },
      'lease had passed on; its holder will find the message',
    );
  return paced(context);
}

const retry = (
  context: SenderContext,
  message: Leased,
  how: { error: string; delayMs: number; counts: boolean },
): Promise<void> => record(context, (tx) => recordRetry(tx, keyOf(context, message), how));

const record = <T>({ sql, workspaceId }: SenderContext, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inWorkspace(sql, workspaceId, work);

const keyOf = ({ workspaceId }: SenderContext, { outboxId, token }: Leased): LeaseKey => ({
  workspaceId,
  outboxId,
  token,
});

const paced = ({ timing }: SenderContext): Delivered => ({ restMs: timing.paceMs, isShutOut: false });

/** From one second, doubling to five minutes; half of it random, so that many do not return together. */
const backoffMs = (attempts: number): number =>
  Math.min(1_000 * 2 ** Math.max(0, attempts - 1), 300_000) * (0.5 + Math.random() / 2);
