import type { CardFacts, Finding, HistoryLine } from '../../core/card.ts';
import { formatMoney, type Money, magnitude } from '../../core/money.ts';
import type { Side } from '../../core/spec.ts';
import { codeWords } from './code-words.ts';
import { inert } from './escape.ts';
import { plainDay, type Writer } from './instants.ts';
import { moneyFor, moneyOrNone, type Reader, stakeFor } from './reader.ts';

/** What the two amounts say about each other; undefined when only one is there or their currencies differ. */
export function differenceOf({
  expected,
  actual,
}: Pick<CardFacts, 'expected' | 'actual'>): Money | undefined {
  if (!expected || !actual || expected.currency !== actual.currency) return undefined;
  return { minor: actual.minor - expected.minor, currency: actual.currency };
}

type Amounts = Pick<CardFacts, 'expected' | 'actual' | 'amountTag'>;

/** `$100.00 more than expected`, in words, because a sign alone is easily overlooked. */
export function differenceWords(facts: Amounts, reader: Reader): string | undefined {
  const difference = differenceOf(facts);
  const { card } = reader.words;
  if (!difference) return undefined;
  if (difference.minor === 0n) return card.noDifference;
  const size = moneyFor({ ...difference, minor: magnitude(difference.minor) }, reader, facts.amountTag);
  return difference.minor > 0n ? card.moreThanExpected(size) : card.lessThanExpected(size);
}

/** What stands on each side, and what is at stake: an amount, or that the side has no document. */
export function amountsOf(
  facts: Amounts & Pick<CardFacts, 'atStake'> & Partial<Pick<CardFacts, 'findings' | 'memberCount'>>,
  reader: Reader,
): { expected: string; actual: string; atStake: string } {
  // Two currencies have no sum: the difference itself says what stands on each side.
  const mixed = facts.findings?.find(({ field }) => field === 'currency');
  const side = (name: Side, said: string | undefined): string => {
    const amount = facts[name];
    if (amount !== undefined) return moneyFor(amount, reader, facts.amountTag);
    if (said !== undefined) return inert(said, 300);
    const { noAmount, nothingFound } = reader.words.card;
    return (facts.memberCount?.[name] ?? 0) > 0 ? noAmount : nothingFound;
  };
  return {
    expected: side('expected', mixed?.expected),
    actual: side('actual', mixed?.actual),
    atStake: stakeFor(facts.atStake, reader, facts.amountTag),
  };
}

/** The values of a difference, escaped; those of the two sides' amounts as the client writes them. */
export function findingValues(
  { field, expected, actual }: Finding,
  about: { facts: CardFacts; reader: Reader; limit: number },
): { field: string; expected: string; actual: string } {
  const { facts, reader, limit } = about;
  const value = (text: string | undefined, amount: Money | undefined): string => {
    if (text === undefined) return reader.words.card.nothing;
    // A difference is recorded as text, in English; the same amount is known as one and is written for the reader.
    if (amount && text === formatMoney(amount)) return moneyFor(amount, reader, facts.amountTag);
    return inert(text, limit);
  };
  return {
    field: fieldWords(field, reader) ?? inert(field.replaceAll('_', ' '), Math.min(limit, 200)),
    expected: value(expected, facts.expected),
    actual: value(actual, facts.actual),
  };
}

const fieldWords = (field: string, { words: { card } }: Reader): string | undefined =>
  field === 'amount' || field === 'repeated' ? card.fields[field] : undefined;

/** Who has it and since when, in one line: `Claimed by Ana Ruiz since …`. */
export function statusLine(facts: CardFacts, { words, instant, ...reader }: Writer): string {
  const { card } = words;
  const status = words.status[facts.status];
  const owner = facts.owner && inert(facts.owner.name, 200);
  if (facts.closedAt) {
    const code = facts.resolutionCode && codeWords(facts.resolutionCode, { words, ...reader });
    return card.closed({ status, code, by: closedBy(facts, words), at: instant(facts.closedAt) });
  }
  if (owner === undefined) return card.unclaimed(status);
  const held = { owner, since: facts.claimedAt && instant(facts.claimedAt) };
  if (facts.wait) {
    const until = plainDay(facts.wait.untilOn, { words, ...reader });
    return card.waiting({ ...held, status, until });
  }
  return facts.status === 'claimed' ? card.claimed(held) : card.held({ ...held, status });
}

/** What is waited for; undefined when nothing is. */
export const waitWords = ({ wait }: Pick<CardFacts, 'wait'>): string | undefined =>
  wait?.note === undefined ? undefined : inert(wait.note, 600);

/** To whom it is offered and why; undefined when it is not. */
export const offerWords = (
  { offer }: Pick<CardFacts, 'offer'>,
  { words, instant }: Writer,
): string | undefined =>
  offer &&
  words.card.offered({
    name: inert(offer.toName, 200),
    until: instant(offer.expiresAt),
    note: inert(offer.note, 600),
  });

/** `22 Nov 2026, 19:21 UTC (2bd)`, and whether that stands still. */
export function dueWords(facts: CardFacts, { words, instant }: Writer): string {
  const write = facts.wait?.pausesSla ? words.card.duePaused : words.card.due;
  return write(instant(facts.dueAt), inert(facts.sla, 50));
}

/** What clears: a run by itself, or what somebody decided about pairs. */
const CLEARS: ReadonlySet<string> = new Set(
  ['clear', 'match', 'unmatch', 'never', 'lift'].map((verb) => `exception.${verb}`),
);

/** Who cleared it, or settled it, which need not be its owner; of what a second person approved: who proposed it, and who approved. */
function closedBy(facts: CardFacts, { entry, card }: Reader['words']): string | undefined {
  if (facts.status === 'cleared') {
    const by = facts.history.findLast(({ action }) => CLEARS.has(action))?.actor;
    return by === undefined ? card.laterRun : inert(by.name, 200);
  }
  const line = facts.history.findLast(
    ({ action }) => action === 'exception.resolve' || action === 'exception.approve',
  );
  if (facts.status !== 'resolved' || !line?.actor) return undefined;
  const actor = inert(line.actor.name, 200);
  return line.action === 'exception.approve' && line.target !== undefined
    ? `${inert(line.target, 200)}, ${entry.approvedBy(actor)}`
    : actor;
}

/** The last word of an action that the catalogue knows: `claim` of `exception.claim`. */
const KNOWN_ACTIONS = [
  'opened',
  'updated',
  'claim',
  'unclaim',
  'resolve',
  'propose',
  'approve',
  'reject',
  'withdraw',
  'lapse',
  'release',
  'escalate',
  'clear',
  'reopen',
  'hand_over_offer',
  'hand_over',
  'hand_over_decline',
  'hand_over_lapse',
  'wait',
  'resume',
  'note',
  'remind',
  'breach',
  'ping_pong',
  'match',
  'unmatch',
  'never',
  'lift',
] as const;

/** Ways in which a proposal ends without being approved; all of them give the exception back to its owner. */
const ENDINGS: ReadonlyMap<string, (typeof KNOWN_ACTIONS)[number]> = new Map([
  ['PROPOSAL_WITHDRAWN', 'withdraw'],
  ['PROPOSAL_LAPSED', 'lapse'],
]);

type Line = Omit<HistoryLine, 'seq'>;
type Happened = Parameters<Reader['words']['history']['claim']>[0];

/** What happened and who did it: `Ana Ruiz escalated it to Finance`. */
function happenedWords(line: Line, writer: Writer, tag: string | undefined): string {
  const { history } = writer.words;
  const verb = ENDINGS.get(line.reason ?? '') ?? line.action.slice(line.action.lastIndexOf('.') + 1);
  const who = line.actor === undefined ? history.program : inert(line.actor.name, 200);
  const known = KNOWN_ACTIONS.find((action) => action === verb);
  if (known === undefined) return history.other(who, inert(verb.replaceAll('_', ' '), 60));
  const happened: Happened = {
    who,
    until: line.until === undefined ? undefined : dayWords(line.until, writer),
    target: targetWords(line, writer),
    code: line.reason === undefined ? undefined : codeWords(line.reason, writer),
    amount: line.settledFor ? moneyFor(line.settledFor, writer, tag) : line.amount && inert(line.amount, 60),
  };
  return `${history[known](happened)}${becauseWords(line, writer)}${changeWords(line, writer, tag)}`;
}

/** Why a run opened it again. */
function becauseWords({ action, reason = '' }: Line, { words: { history } }: Writer): string {
  return action === 'exception.reopen' && Object.hasOwn(history.because, reason)
    ? `, ${history.because[reason as keyof typeof history.because]}`
    : '';
}

/** What its sides came to before, and what they come to since. */
function changeWords({ changed = [] }: Line, writer: Writer, tag: string | undefined): string {
  if (changed.length === 0) return '';
  const said = changed.map(({ side, from, to }) =>
    writer.words.history.change[side]({
      from: moneyOrNone(from, writer, tag),
      to: moneyOrNone(to, writer, tag),
    }),
  );
  return `: ${said.join('; ')}`;
}

/** Whom it went to; somebody who was away, with who stood in. */
function targetWords({ target, standIn }: Line, { words }: Reader): string | undefined {
  if (target === undefined) return undefined;
  const name = inert(target, 200);
  return standIn === undefined ? name : words.owner.standsIn({ name: inert(standIn, 200), for: name });
}

/** A day of the trail in the reader's language; what is no day stays as it is. */
const dayWords = (text: string, reader: Reader): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
    ? plainDay(text, reader)
    : inert(text, 30);

/** Characters of a note that a line of the history shows. */
export const SHOWN_NOTE = 600;

function quoted({ note, author }: Line, { words: { history } }: Writer): string {
  if (note === undefined || note === '') return '';
  const said = inert(note, SHOWN_NOTE);
  return ` ${author === undefined ? history.quoted(said) : history.quotedBy(said, inert(author, 200))}`;
}

/**
 * What happened, who did it and why, on one line, escaped: `Ana Ruiz escalated it to Finance (“no answer”) · 22 Nov…`.
 * `amountTag`: how the client writes amounts.
 */
export function historyWords(line: Line, writer: Writer, amountTag?: string): string {
  const source = line.link === undefined ? '' : ` ${linkWords(line.link)}`;
  const what = happenedWords(line, writer, amountTag);
  return `${what}${quoted(line, writer)}${source} · ${writer.instant(new Date(line.at))}`;
}

/** The address as a link that shows which host it leads to; one that is no https address stays text. */
function linkWords(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:') return inert(address, 300);
  const target = url.href.replaceAll('|', '%7C').replace(/[&<>]/g, (sign) => SIGNS[sign] ?? sign);
  return `<${target}|${inert(url.host, 100)}>`;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '%3C', '>': '%3E' };
