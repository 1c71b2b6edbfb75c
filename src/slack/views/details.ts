import type { CardFacts, HistoryLine, MemberLine } from '../../core/card.ts';
import type { Explanation } from '../../core/explanation.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { SIDES, type Side } from '../../core/spec.ts';
import { attemptLines } from './attempts.ts';
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
import { cardButtons } from './card.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { cardHoldWords, proposalWords } from './hold-words.ts';
import { richly, type Writer } from './instants.ts';
import { leadWords, routedWords } from './owner-words.ts';
import { pairButtons } from './pair.ts';
import { playbookBlocks } from './playbook.ts';
import { moneyOrNone, type Reader } from './reader.ts';
import { whyBlocks } from './why-blocks.ts';
import {
  amountsOf,
  differenceWords,
  dueWords,
  findingValues,
  historyWords,
  offerWords,
  SHOWN_NOTE,
  statusLine,
  waitWords,
} from './words.ts';

export type Details = {
  readonly facts: CardFacts;
  readonly members: readonly MemberLine[];
  readonly history: readonly HistoryLine[];
  readonly explanation: Explanation;
};

/** Characters of a note in one block. */
const PIECE = 1_000;
/** Blocks of the list on one page; with the head and the paging buttons well within a modal's hundred. */
const PAGE = 40;

/** Which of the details' pages a reader sees. Pages count from 0. */
type Shown = { readonly reader: Reader; readonly page?: number };

/** Everything behind a card: both sides document by document, what differs, and all that happened. */
export function detailsModal(details: Details, { reader, page = 0 }: Shown): View {
  const { facts } = details;
  const { words } = reader;
  const list = [
    ...differences(facts, reader),
    ...SIDES.flatMap((side) => documents(side, details, reader)),
    ...whyBlocks(details.explanation, richly(reader)),
    ...playbookBlocks(facts, reader),
    ...tried(facts, richly(reader)),
    ...trail(details, richly(reader)),
  ];
  const pages = Math.max(1, Math.ceil(list.length / PAGE));
  const shown = Math.min(Math.max(0, page), pages - 1);
  return {
    type: 'modal',
    callback_id: 'details',
    title: plainText(plain(words.details.title(exceptionLabel(facts.number)), LIMITS.viewTitle)),
    close: plainText(words.modal.close),
    blocks: [
      ...head(facts, richly(reader)),
      ...actions(facts, reader),
      ...pairButtons(facts, details.explanation, reader),
      divider,
      ...list.slice(shown * PAGE, (shown + 1) * PAGE),
      ...paging(facts, { shown, pages, reader }),
    ],
  };
}

/** What the card offers: an exception of a group has no card of its own. */
const actions = (facts: CardFacts, reader: Reader): Block[] => [
  ...cardButtons(facts, reader, { hasDetails: false }),
  ...releaseButton(facts, reader),
];

/** Asks for the payment to be let go while the exception stays open. */
const releaseButton = ({ hold }: CardFacts, { words }: Reader): Block[] =>
  hold === undefined
    ? []
    : [
        {
          type: 'actions',
          elements: [
            button('hold_release', words.proposal.release.button, {
              value: JSON.stringify({ v: 1, id: hold.holdId, version: 1 }),
            }),
          ],
        },
      ];

function head(facts: CardFacts, writer: Writer): Block[] {
  const { card, details } = writer.words;
  const { labels } = card;
  const amounts = amountsOf(facts, writer);
  const level = facts.level === 0 ? '' : ` · ${details.level(facts.level)}`;
  const standing = `${card.severity[facts.severity]}${level}`;
  return [
    section(`*${statusLine(facts, writer)}*\n${standing}`),
    ...fields([
      [labels.expected, amounts.expected],
      [labels.actual, amounts.actual],
      [labels.difference, differenceWords(facts, writer)],
      [labels.atStake, amounts.atStake],
      [labels.client, facts.client === undefined ? undefined : inert(facts.client, 500)],
      [labels.order, facts.orderRef === undefined ? undefined : inert(facts.orderRef, 500)],
      [labels.due, dueWords(facts, writer)],
      [labels.team, inert(facts.team.name, 200)],
      [labels.lead, leadWords(facts, writer)],
      [labels.routedBy, routedWords(facts, writer)],
      [labels.waitsFor, waitWords(facts)],
      [labels.offeredTo, offerWords(facts, writer)],
      [labels.proposed, proposalWords(facts, writer)],
      [writer.words.hold.label, cardHoldWords(facts, writer)],
    ]),
  ];
}

function differences(facts: CardFacts, reader: Reader): Block[] {
  if (facts.findings.length === 0) return [];
  const { card, details } = reader.words;
  const lines = facts.findings.map((finding) => {
    const { field, expected, actual } = findingValues(finding, { facts, reader, limit: 1_000 });
    return section(`*${field}*\n${details.expected(expected)}\n${details.actual(actual)}`);
  });
  return [section(`*${card.labels.whatDiffers}*`), ...lines];
}

function documents(side: Side, { facts, members }: Details, reader: Reader): Block[] {
  const { details } = reader.words;
  const ofSide = members.filter((member) => member.side === side);
  const count = facts.memberCount[side];
  const title = `*${details.sides[side]}*: ${count === 0 ? details.noDocument : details.documents(count)}`;
  return [section(title), ...ofSide.map((member) => document(member, { facts, reader }))];
}

function document(member: MemberLine, { facts, reader }: { facts: CardFacts; reader: Reader }): Block {
  const more = Object.entries(member.fields).map(
    ([field, text]) => `${inert(field.replaceAll('_', ' '), 60)}: ${inert(text, 120)}`,
  );
  const amount = moneyOrNone(member.amount, reader, facts.amountTag);
  const feed = inert(member.feed, 100);
  const words = [
    `*${inert(member.sourceRef, 260)}* · ${amount} · ${inert(member.occurredOn, 20)}`,
    reader.words.details.cameFrom({ feed, delivery: inert(member.delivery, 200), line: member.line }),
    more.join(' · '),
  ];
  return section(cutEscaped(words.filter((text) => text !== '').join('\n'), 1_500));
}

/** Each time somebody had it, as far as a modal holds them; the history has everything. */
const MOST_ATTEMPTS = 20;

function tried({ attempts = [] }: CardFacts, writer: Writer): Block[] {
  if (attempts.length === 0) return [];
  const lines = attemptLines(attempts, writer, MOST_ATTEMPTS);
  return [
    section(`*${writer.words.attempts.label}*`),
    ...lines.map((text) => context(cutEscaped(text, 1_500))),
  ];
}

function trail({ facts, history }: Details, writer: Writer): Block[] {
  if (history.length === 0) return [];
  const lines = history.flatMap((line) => [
    context(cutEscaped(historyWords(line, writer, facts.amountTag), 1_500)),
    ...wholeNote(line),
  ]);
  return [section(`*${writer.words.details.history}*`), ...lines];
}

/** A note that is longer than its line shows, in pieces that fit even when every character is escaped. */
function wholeNote({ note = '' }: HistoryLine): Block[] {
  const signs = note.length > SHOWN_NOTE ? Array.from(note) : [];
  const pieces = Array.from({ length: Math.ceil(signs.length / PIECE) }, (_, index) =>
    inert(signs.slice(index * PIECE, (index + 1) * PIECE).join(''), LIMITS.section),
  );
  return pieces.filter((piece) => piece !== '').map(section);
}

function paging(
  facts: CardFacts,
  { shown, pages, reader }: { shown: number; pages: number; reader: Reader },
): Block[] {
  if (pages === 1) return [];
  const { details } = reader.words;
  const to = (page: number, label: string): Block =>
    button(`details_page_${page}`, label, {
      value: JSON.stringify({ v: 1, id: facts.exceptionId, version: facts.version, page }),
    });
  const elements = [
    ...(shown > 0 ? [to(shown - 1, details.previousPage)] : []),
    ...(shown < pages - 1 ? [to(shown + 1, details.nextPage)] : []),
  ];
  return [context(details.page(shown + 1, pages)), { type: 'actions', elements }];
}
