import { insertLines, lineOfDeleted, lineOfReplaced } from '../../db/lanes/insert-lines.sql.ts';
import { forgetMessage } from '../../db/outbox/forget-message.sql.ts';
import { markAttempt } from '../../db/outbox/mark-attempt.sql.ts';
import { recordRetry } from '../../db/outbox/record-retry.sql.ts';
import type { Leased } from '../../db/outbox/take-message.sql.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';
import { AS_WRITTEN } from '../as-written.ts';
import type { Message } from '../views/blocks.ts';
import { rememberChannel, resolveAddress } from './address.ts';
import { type Composed, compose } from './compose.ts';
import { leaseMs, type SenderContext, settledMs } from './context.ts';
import { repostedFact } from './delivery-facts.ts';
import { leave } from './leave.ts';
import { type Found, lookUp } from './look-up.ts';
import { isFinal, type Outcome } from './outcome.ts';
import { noted } from './place-note.ts';
import {
  bury,
  type Delivered,
  holdBack,
  keyOf,
  paced,
  type Refused,
  record,
  sent,
  settle,
} from './settle.ts';
import { heal } from './trouble.ts';

const QUIET = { unfurl_links: false, unfurl_media: false, ...AS_WRITTEN } as const;
const NOT_OURS: Delivered = { restMs: 0 };

/** What to show, and until when a call that shows it may start. */
type Attempt = { readonly composed: Composed; readonly until: number };

/**
 * Brings one leased message to Slack and records what came of it. Slack is called with no transaction open. `takenAt`: when the
 * lease began at the latest, by `performance.now()`.
 */
export async function deliver(context: SenderContext, message: Leased, takenAt: number): Promise<Delivered> {
  const plain = await compose(context, message);
  if (!plain) return await bury(context, message, 'what it speaks of does not exist');
  const composed = await noted(context, message, plain);
  const attempt = { composed, until: lastCall(context, takenAt) };
  if (message.posted && message.isLeaving) return await moveOn(context, message, attempt);
  if (message.posted) return await change(context, message, attempt);
  if (message.isAmbiguous) return await deliverAgain(context, message, composed);
  return await post(context, message, attempt);
}

/** Until when a call may start: it must be over, and Slack settled, before the lease is, or the next holder looks too early. */
const lastCall = (context: SenderContext, takenAt: number): number =>
  takenAt + leaseMs(context) - settledMs(context);

/** The attempt has a full lease from now on. Until when its call may start; undefined when the lease has passed to somebody else. */
async function lastCallAnew(
  context: SenderContext,
  message: Leased,
  { counts }: { counts: boolean },
): Promise<number | undefined> {
  const startedAt = performance.now();
  const thread = message.kind === 'reply' ? message.card : undefined;
  const attempt = {
    leaseMs: leaseMs(context),
    place: thread?.channelId ?? message.place,
    threadTs: thread?.ts,
    counts,
  };
  const isStillOurs = await record(context, (tx) => markAttempt(tx, keyOf(context, message), attempt));
  return isStillOurs ? lastCall(context, startedAt) : undefined;
}

/** An earlier attempt may have arrived: that is found out first. */
async function deliverAgain(context: SenderContext, message: Leased, composed: Composed): Promise<Delivered> {
  const found = await lookUp(context, message);
  if (found.kind === 'no_answer') return await holdBack(context, message, found.outcome);
  if (found.kind === 'found') return await standsAlready(context, message, found);
  const until = await lastCallAnew(context, message, { counts: true });
  if (until === undefined) return NOT_OURS;
  const posted = await post(context, message, { composed, until });
  return { ...posted, isInPlace: true };
}

async function standsAlready(context: SenderContext, message: Leased, found: Found): Promise<Delivered> {
  const isCard = message.kind === 'card' || message.kind === 'group';
  // The lane went elsewhere between that attempt and this look.
  const mustLeave = isCard && message.triedPlace !== message.place;
  return await sent(context, message, { ...found, mustLeave });
}

/** The card leaves where it stands, and is shown where its lane posts, under the same lease. */
async function moveOn(context: SenderContext, message: Leased, attempt: Attempt): Promise<Delivered> {
  const left = await leave(context, message);
  if (left.kind === 'refused') return await settle(context, message, left.outcome);
  if (left.kind === 'lease_over') return NOT_OURS;
  return left.message.posted
    ? await change(context, left.message, attempt)
    : await post(context, left.message, attempt);
}

async function change(context: SenderContext, message: Leased, attempt: Attempt): Promise<Delivered> {
  const { composed } = attempt;
  const { posted } = message;
  if (!posted || !composed.card) throw new Error(`outbox ${message.outboxId}: only a posted card changes`);
  // The newest state already stands there; an older one never goes over it.
  if (message.sentRevision >= composed.revision) {
    return { ...(await sent(context, message, { ...posted, revision: message.sentRevision })), restMs: 0 };
  }
  const { metadata } = composed;
  const { channelId, ts } = posted;
  const send = inTime(attempt, (form) =>
    context.call('chat.update', { channel: channelId, ts, ...form, metadata, ...AS_WRITTEN }),
  );
  const first = await withPlainForm(context, message, { composed, send });
  // The same over the same harms nothing, and people need not wait until Slack has settled to see it.
  const isDoubtful = first.kind === 'unknown';
  const last = isDoubtful ? await withPlainForm(context, message, { composed, send }) : first;
  if (last.kind === 'done') {
    const settleMs = isDoubtful ? settledMs(context) : 0;
    return await sent(context, message, { ...posted, revision: composed.revision, settleMs });
  }
  if (isFixed(last) && message.kind !== 'notice') {
    return await replace(context, message, { channelId, ts, error: last.error });
  }
  if (last.kind !== 'gone') return await settle(context, message, isDoubtful ? first : last);
  // Only cards come back: what was told to a person, and they deleted, was read.
  if (message.kind === 'notice')
    return await sent(context, message, { ...posted, revision: composed.revision });
  const { outboxId, exceptionId } = message;
  await forget(context, { outboxId, exceptionId, ...posted });
  context.logger.warn({ outboxId, card: composed.card }, 'card was deleted in Slack; posting it anew');
  return paced(context);
}

async function post(
  context: SenderContext,
  message: Leased,
  { composed, until: begunUntil }: Attempt,
): Promise<Delivered> {
  const target = await targetOf(context, message);
  if ('outcome' in target) return await settle(context, message, target.outcome);
  // To find the place took long.
  const isLate = performance.now() > begunUntil;
  const until = isLate ? await lastCallAnew(context, message, { counts: false }) : begunUntil;
  if (until === undefined) return NOT_OURS;
  const { metadata } = composed;
  const send = inTime({ until }, (form) =>
    context.call('chat.postMessage', { ...target.args, ...form, ...QUIET, metadata }, ['channel', 'ts']),
  );
  const outcome = await withPlainForm(context, message, { composed, send });
  if (outcome.kind !== 'done') return await settle(context, message, outcome);
  const channelId = String(outcome.body.channel);
  const ts = String(outcome.body.ts);
  if (message.kind === 'reply' && strayed(outcome.body))
    return await recall(context, message, { channelId, ts });
  if (target.name !== undefined) {
    await rememberChannel(context, message.place, { channel: target.name, channelId });
  }
  const delivered = await sent(context, message, { channelId, ts, revision: composed.revision });
  // A message on trial: the lane's own channel took it.
  const isHome = message.kind !== 'reply' && message.place === message.address;
  if (isHome && message.laneTrouble !== undefined) await heal(context, message.address, channelId);
  return delivered;
}

/** Not when this process stood still: whoever holds the message by now must find all that was sent before. */
const inTime =
  ({ until }: { until: number }, send: (form: Message) => Promise<Outcome>) =>
  async (form: Message): Promise<Outcome> =>
    performance.now() > until ? { kind: 'failed', error: 'the lease was nearly over' } : await send(form);

type Target = { args: Record<string, string>; name: string | undefined } | { outcome: Refused };

async function targetOf(context: SenderContext, message: Leased): Promise<Target> {
  if (message.kind === 'reply') {
    // Its card went away between two looks: the reply waits for the new one.
    if (!message.card) return { outcome: { kind: 'failed', error: 'its card is not posted yet' } };
    return { args: { channel: message.card.channelId, thread_ts: message.card.ts }, name: undefined };
  }
  const resolved = await resolveAddress(context, message.place);
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
  const removed = await context.call('chat.delete', { channel: stray.channelId, ts: stray.ts });
  const { card, exceptionId } = message;
  // While it may still stand there, its attempt counts as one of unknown outcome: the look-up takes it away first.
  if (removed.kind !== 'done' && removed.kind !== 'gone') {
    const error = removed.kind === 'rate_limited' ? 'ratelimited' : removed.error;
    return await settle(context, message, { kind: 'unknown', error: `its line went astray: ${error}` });
  }
  if (card) await forget(context, { exceptionId, ...card });
  const retry = { error: 'its card was deleted in Slack', delayMs: 0, counts: true };
  await record(context, (tx) => recordRetry(tx, keyOf(context, message), retry));
  return paced(context);
}

/** Posted as another bot, or too long ago for the edit settings of the Slack workspace: it would show its old state for ever. */
const FIXED: ReadonlySet<string> = new Set(['cant_update_message', 'edit_window_closed']);
const isFixed = (outcome: Refused): outcome is Extract<Refused, { kind: 'undeliverable' }> =>
  outcome.kind === 'undeliverable' && FIXED.has(outcome.error);

/** A card that cannot be changed where it stands is posted anew; the old one is taken away where Slack allows that. */
async function replace(
  context: SenderContext,
  message: Leased,
  { channelId, ts, error }: { channelId: string; ts: string; error: string },
): Promise<Delivered> {
  const removed = await context.call('chat.delete', { channel: channelId, ts });
  if (removed.kind !== 'done' && removed.kind !== 'gone' && !isFinal(removed))
    return await settle(context, message, removed);
  const { outboxId, exceptionId } = message;
  await forget(context, { outboxId, exceptionId, channelId, ts, error });
  context.logger.warn({ outboxId, error }, 'Slack will not have the card changed; posting it anew');
  return paced(context);
}

/** The card is gone from Slack, or as good as gone (`error`): it is posted anew, and its thread says so. */
async function forget(
  context: SenderContext,
  gone: { outboxId: string; exceptionId: string | undefined; channelId: string; ts: string; error?: string },
): Promise<void> {
  const { workspaceId } = context;
  const { outboxId, ts } = gone;
  const isForgotten = await record(context, async (tx) => {
    const isGone = await forgetMessage(tx, { workspaceId, outboxId, ts });
    const lines = gone.error === undefined ? lineOfDeleted(gone) : lineOfReplaced(gone);
    if (isGone) await insertLines(tx, workspaceId, lines);
    return isGone;
  });
  // By itself: a press locks the trail first and then its card.
  if (isForgotten)
    await record(context, (tx) => appendAudit(tx, { workspaceId, facts: [repostedFact(gone, gone.error)] }));
}
