import type { CardFacts, HistoryLine, MemberLine } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { formatMoney } from '../../core/money.ts';
import { SIDES, type Side } from '../../core/spec.ts';
import {
  type Block,
  button,
  context,
  divider,
  fields,
  LIMITS,
  plainText,
  section,
  type View,
} from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { localInstant } from './instants.ts';
import {
  amountWords,
  differenceWords,
  dueWords,
  historyWords,
  offerWords,
  SEVERITY_WORDS,
  statusLine,
  waitWords,
} from './words.ts';

export type Details = {
  readonly facts: CardFacts;
  readonly members: readonly MemberLine[];
  readonly history: readonly HistoryLine[];
};

/** Blocks of the list on one page; with the head and the paging buttons well within a modal's hundred. */
const PAGE = 40;
const SIDE_TITLES = { expected: 'Expected side', actual: 'Actual side' } as const satisfies Record<
  Side,
  string
>;

/** Everything behind a card: both sides document by document, what differs, and all that happened. Pages count from 0. */
export function detailsModal(details: Details, page = 0): View {
  const { facts } = details;
  const list = [
    ...differences(facts),
    ...SIDES.flatMap((side) => documents(side, details)),
    ...trail(details.history),
  ];
  const pages = Math.max(1, Math.ceil(list.length / PAGE));
  const shown = Math.min(Math.max(0, page), pages - 1);
  return {
    type: 'modal',
    callback_id: 'details',
    title: plainText(plain(`${exceptionLabel(facts.number)} details`, LIMITS.viewTitle)),
    close: plainText('Close'),
    blocks: [
      ...head(facts),
      divider,
      ...list.slice(shown * PAGE, (shown + 1) * PAGE),
      ...paging(facts, shown, pages),
    ],
  };
}

function head(facts: CardFacts): Block[] {
  return [
    section(`*${statusLine(facts, localInstant)}*\n${SEVERITY_WORDS[facts.severity]} · level ${facts.level}`),
    ...fields([
      ['Expected', amountWords(facts.expected)],
      ['Actual', amountWords(facts.actual)],
      ['Difference', differenceWords(facts)],
      ['At stake', formatMoney(facts.atStake)],
      ['Client', facts.client === undefined ? undefined : inert(facts.client, 500)],
      ['Order', facts.orderRef === undefined ? undefined : inert(facts.orderRef, 500)],
      ['Due', dueWords(facts, localInstant)],
      ['Team', inert(facts.team.name, 200)],
      ['Waits for', waitWords(facts)],
      ['Offered to', offerWords(facts, localInstant)],
    ]),
  ];
}

function differences(facts: CardFacts): Block[] {
  if (facts.findings.length === 0) return [];
  const lines = facts.findings.map(({ field, expected, actual }) =>
    section(
      `*${inert(field.replaceAll('_', ' '), 200)}*\nexpected ${value(expected)}\nactual ${value(actual)}`,
    ),
  );
  return [section('*What differs*'), ...lines];
}

const value = (text: string | undefined): string => (text === undefined ? 'nothing' : inert(text, 1_000));

function documents(side: Side, { facts, members }: Details): Block[] {
  const ofSide = members.filter((member) => member.side === side);
  const count = facts.memberCount[side];
  const title = `*${SIDE_TITLES[side]}*: ${count === 0 ? 'no document' : `${count} ${count === 1 ? 'document' : 'documents'}`}`;
  return [section(title), ...ofSide.map(document)];
}

function document(member: MemberLine): Block {
  const more = Object.entries(member.fields).map(
    ([field, text]) => `${inert(field.replaceAll('_', ' '), 60)}: ${inert(text, 120)}`,
  );
  const words = [
    `*${inert(member.sourceRef, 260)}* · ${formatMoney(member.amount)} · ${inert(member.occurredOn, 20)}`,
    `${inert(member.feed, 100)}, ${inert(member.delivery, 200)} line ${member.line}`,
    more.join(' · '),
  ];
  return section(cutEscaped(words.filter((text) => text !== '').join('\n'), 1_500));
}

function trail(history: readonly HistoryLine[]): Block[] {
  if (history.length === 0) return [];
  const lines = history.map((line) => context(cutEscaped(historyWords(line, localInstant), 1_500)));
  return [section('*History*'), ...lines];
}

function paging(facts: CardFacts, shown: number, pages: number): Block[] {
  if (pages === 1) return [];
  const to = (page: number, label: string): Block =>
    button(`details_page_${page}`, label, {
      value: JSON.stringify({ v: 1, id: facts.exceptionId, version: facts.version, page }),
    });
  const elements = [
    ...(shown > 0 ? [to(shown - 1, 'Previous page')] : []),
    ...(shown < pages - 1 ? [to(shown + 1, 'Next page')] : []),
  ];
  return [context(`Page ${shown + 1} of ${pages}`), { type: 'actions', elements }];
}
