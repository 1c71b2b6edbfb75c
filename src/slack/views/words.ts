import type { CardFacts, HistoryLine } from '../../core/card.ts';
import type { Status } from '../../core/lifecycle.ts';
import { formatMoney, type Money, magnitude } from '../../core/money.ts';
import type { Severity } from '../../core/severity.ts';
import { inert } from './escape.ts';
import { plainDay } from './instants.ts';

export const STATUS_WORDS = {
  open: 'Open',
  claimed: 'Claimed',
  waiting: 'Waiting',
  awaiting_approval: 'Awaiting approval',
  resolved: 'Resolved',
  cleared: 'Cleared by a later run',
} as const satisfies Record<Status, string>;

export const SEVERITY_WORDS = {
  auto_resolve: 'Settles itself',
  manual_review: 'Needs review',
  block_payout: 'Blocks the payout',
} as const satisfies Record<Severity, string>;

/** How an instant is written: for blocks in the reader's zone, for fallback text in UTC. */
export type WriteInstant = (at: Date) => string;

/** What the two amounts say about each other; undefined when only one is there or their currencies differ. */
export function differenceOf({
  expected,
  actual,
}: Pick<CardFacts, 'expected' | 'actual'>): Money | undefined {
  if (!expected || !actual || expected.currency !== actual.currency) return undefined;
  return { minor: actual.minor - expected.minor, currency: actual.currency };
}

/** `$100.00 more than expected`, in words, because a sign alone is easily overlooked. */
export function differenceWords(facts: Pick<CardFacts, 'expected' | 'actual'>): string | undefined {
  const difference = differenceOf(facts);
  if (!difference) return undefined;
  if (difference.minor === 0n) return 'none';
  const size = formatMoney({ minor: magnitude(difference.minor), currency: difference.currency });
  return difference.minor > 0n ? `${size} more than expected` : `${size} less than expected`;
}

/** One amount, or that the side has no document. */
export const amountWords = (amount: Money | undefined): string =>
  amount === undefined ? 'nothing found' : formatMoney(amount);

/** Who has it and since when, in one line: `Claimed by Ana Ruiz since …`. */
export function statusLine(facts: CardFacts, instant: WriteInstant): string {
  const status = STATUS_WORDS[facts.status];
  const owner = facts.owner && inert(facts.owner.name, 200);
  if (facts.closedAt) {
    const code =
      facts.resolutionCode === undefined
        ? ''
        : ` as ${inert(facts.resolutionCode.replaceAll('_', ' '), 150)}`;
    const closer = closedBy(facts);
    return `${status}${code}${closer === undefined ? '' : ` by ${closer}`}, ${instant(facts.closedAt)}`;
  }
  if (owner === undefined) return `${status}: nobody has claimed it yet`;
  const since = facts.claimedAt ? ` since ${instant(facts.claimedAt)}` : '';
  if (facts.wait) return `${status} until ${plainDay(facts.wait.untilOn)}, claimed by ${owner}${since}`;
  return facts.status === 'claimed'
    ? `Claimed by ${owner}${since}`
    : `${status}, claimed by ${owner}${since}`;
}

/** What is waited for; undefined when nothing is. */
export const waitWords = ({ wait }: Pick<CardFacts, 'wait'>): string | undefined =>
  wait?.note === undefined ? undefined : inert(wait.note, 600);

/** To whom it is offered and why; undefined when it is not. */
export const offerWords = ({ offer }: Pick<CardFacts, 'offer'>, instant: WriteInstant): string | undefined =>
  offer &&
  `${inert(offer.toName, 200)}, who can answer until ${instant(offer.expiresAt)} (“${inert(offer.note, 600)}”)`;

/** `22 Nov 2026, 19:21 UTC (2bd)`, and whether that stands still. */
export function dueWords(facts: CardFacts, instant: WriteInstant): string {
  const pause = facts.wait?.pausesSla ? '; the time stands still while it waits' : '';
  return `${instant(facts.dueAt)} (${inert(facts.sla, 50)}${pause})`;
}

/** Whoever resolved it, which need not be its owner; a run that cleared it is nobody. */
function closedBy(facts: CardFacts): string | undefined {
  const line = facts.history.findLast(({ action }) => action === 'exception.resolve');
  return facts.status === 'resolved' && line?.actor ? inert(line.actor.name, 200) : undefined;
}

const ACTION_WORDS: Readonly<Record<string, string>> = {
  opened: 'opened it',
  updated: 'saw its records change',
  claim: 'claimed it',
  unclaim: 'gave it back',
  resolve: 'resolved it',
  escalate: 'escalated it',
  clear: 'cleared it, because the difference is gone',
  reopen: 'reopened it',
  hand_over_offer: 'offered it',
  hand_over: 'took it over',
  hand_over_decline: 'declined to take it over',
  hand_over_lapse: 'ended the offer, because nobody answered in time',
  wait: 'put it on hold',
  resume: 'resumed it',
};

/** `exception.claim` in words. */
function actionWords(action: string): string {
  const verb = action.slice(action.lastIndexOf('.') + 1);
  return (
    (Object.hasOwn(ACTION_WORDS, verb) ? ACTION_WORDS[verb] : undefined) ??
    inert(verb.replaceAll('_', ' '), 60)
  );
}

// Only a resolution's reason is a code that people chose; the others repeat the action.
const hasReason = ({ action, reason }: Omit<HistoryLine, 'seq'>): boolean =>
  reason !== undefined && action.endsWith('.resolve');

/** What happened, who did it and why, on one line, escaped: `Ana Ruiz escalated it to Finance: no answer · 22 Nov…`. */
export function historyWords(line: Omit<HistoryLine, 'seq'>, instant: WriteInstant): string {
  const actor = line.actor === undefined ? 'Tieout' : inert(line.actor.name, 200);
  const until = line.until === undefined ? '' : ` until ${inert(line.until, 30)}`;
  const target = line.target === undefined ? '' : ` to ${inert(line.target, 200)}`;
  const reason = hasReason(line) ? ` as ${inert((line.reason ?? '').replaceAll('_', ' '), 300)}` : '';
  const amount = line.amount === undefined ? '' : `, ${inert(line.amount, 60)}`;
  const note = line.note === undefined || line.note === '' ? '' : ` (“${inert(line.note, 600)}”)`;
  return `${actor} ${actionWords(line.action)}${until}${target}${reason}${amount}${note} · ${instant(new Date(line.at))}`;
}
