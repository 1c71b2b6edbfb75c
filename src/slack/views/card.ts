import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { allows, isLive, type OfferedAction } from '../../core/lifecycle.ts';
import type { Catalogue } from '../words/catalogue.ts';
import { attemptLines } from './attempts.ts';
import {
  type Block,
  type ButtonStyle,
  button,
  context,
  fields,
  header,
  LIMITS,
  type Message,
  plainText,
  section,
} from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { cardHoldWords, proposalWords } from './hold-words.ts';
import { plainly, richly, type Writer } from './instants.ts';
import { playbookAddress, playbookLink } from './playbook.ts';
import type { Reader } from './reader.ts';
import { suggestedAction, typeTitle } from './type-words.ts';
import {
  amountsOf,
  differenceWords,
  dueWords,
  findingValues,
  historyWords,
  offerWords,
  statusLine,
  waitWords,
} from './words.ts';

const SHOWN_FINDINGS = 5;
const SHOWN_HISTORY = 3;
const SHOWN_ATTEMPTS = 3;

/** `EX-1042 · Missing invoice`, not yet escaped. */
const titleOf = (facts: Pick<CardFacts, 'number' | 'type'>, reader: Reader): string =>
  `${exceptionLabel(facts.number)} · ${typeTitle(facts.type, reader)}`;

/** The one message of an exception: what differs, what it is worth, whose it is, and what can be done. */
export function renderCard(facts: CardFacts, reader: Reader): Message {
  const writer = richly(reader);
  const { labels, nobody } = reader.words.card;
  const amounts = amountsOf(facts, reader);
  return {
    text: fallbackText(facts, plainly(reader)),
    blocks: [
      header(plain(titleOf(facts, reader), LIMITS.header)),
      section(`*${statusLine(facts, writer)}*\n${standing(facts, reader)}`),
      ...fields([
        [labels.expected, amounts.expected],
        [labels.actual, amounts.actual],
        [labels.difference, differenceWords(facts, reader)],
        [labels.atStake, amounts.atStake],
      ]),
      ...fields([
        [labels.client, optional(facts.client)],
        [labels.order, optional(facts.orderRef)],
        [labels.due, dueWords(facts, writer)],
        [labels.openSince, writer.instant(facts.openedAt)],
        [labels.owner, facts.owner === undefined ? nobody : inert(facts.owner.name, 200)],
        [labels.team, inert(facts.team.name, 200)],
      ]),
      ...fields([
        [labels.waitsFor, waitWords(facts)],
        [labels.offeredTo, offerWords(facts, writer)],
        [labels.proposed, proposalWords(facts, writer)],
        [reader.words.hold.label, cardHoldWords(facts, writer)],
      ]),
      ...findings(facts, reader),
      ...whatToDo(facts, reader),
      ...attempts(facts, writer),
      ...history(facts, writer),
      ...cardButtons(facts, reader),
    ],
  };
}

/** The card without layout, for when Slack refuses the full one: the fallback text, and the buttons. */
export function renderMinimalCard(facts: CardFacts, reader: Reader): Message {
  const text = fallbackText(facts, plainly(reader));
  return {
    text,
    blocks: [
      { type: 'section', text: plainText(cutEscaped(withoutLinks(text), 2_500)) },
      ...cardButtons(facts, reader),
    ],
  };
}

/** Links as their addresses: plain text shows marks as they are written. */
const withoutLinks = (text: string): string => text.replace(/<([^<>|]*)\|[^<>]*>/g, '$1');

const optional = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : inert(text, 500);

function standing(facts: CardFacts, { words: { card } }: Reader): string {
  const level = facts.level === 0 ? [] : [card.escalated(facts.level)];
  const reason = inert(facts.reason.replaceAll('_', ' ').toLowerCase(), 200);
  return [card.severity[facts.severity], ...level, reason, inert(facts.reconciliation, 200)].join(' · ');
}

const findingLines = (facts: CardFacts, reader: Reader): string[] =>
  facts.findings
    .slice(0, SHOWN_FINDINGS)
    .map((finding) => reader.words.card.finding(findingValues(finding, { facts, reader, limit: 200 })));

/** What the two amounts above do not say already. */
function findings(facts: CardFacts, reader: Reader): Block[] {
  const { findings: all } = facts;
  if (all.every(({ field }) => field === 'amount')) return [];
  const { card } = reader.words;
  const lines = findingLines(facts, reader);
  if (all.length > SHOWN_FINDINGS) lines.push(card.moreFindings(all.length - SHOWN_FINDINGS));
  return [section(`*${card.labels.whatDiffers}*\n${lines.map((text) => `• ${text}`).join('\n')}`)];
}

function whatToDo(facts: CardFacts, reader: Reader): Block[] {
  const suggestion = suggestedAction(facts.type, reader);
  const { labels } = reader.words.card;
  if (!isLive(facts.status)) return [];
  const lines = [
    ...(suggestion === undefined ? [] : [inert(suggestion, 500)]),
    ...playbookLink(facts, reader),
  ];
  return lines.length === 0 ? [] : [section(`*${labels.whatToDo}*\n${lines.join('\n')}`)];
}

/** What was tried before; who has it now stands above. */
function triedLines({ attempts: all = [], status }: CardFacts, writer: Writer): string[] {
  const over = all.filter(({ end }) => end !== null);
  return isLive(status) ? attemptLines(over, writer, SHOWN_ATTEMPTS) : [];
}

function attempts(facts: CardFacts, writer: Writer): Block[] {
  const lines = triedLines(facts, writer).map((text) => `• ${text}`);
  if (lines.length === 0) return [];
  return [section(cutEscaped([`*${writer.words.attempts.label}*`, ...lines].join('\n'), LIMITS.section))];
}

const historyLines = (facts: CardFacts, writer: Writer): string[] =>
  facts.history.slice(-SHOWN_HISTORY).map((line) => historyWords(line, writer, facts.amountTag));

function history(facts: CardFacts, writer: Writer): Block[] {
  const lines = historyLines(facts, writer);
  return lines.length === 0 ? [] : [context(cutEscaped(lines.join('\n'), LIMITS.section))];
}

type CardButton = {
  readonly action: (OfferedAction | 'details' | 'playbook') & keyof Catalogue['card']['buttons'];
  readonly style: ButtonStyle;
};

/** Two rows, so that the first holds five buttons at most and the card stays readable. */
const FIRST_ROW = [
  { action: 'claim', style: 'primary' },
  { action: 'resume', style: 'primary' },
  { action: 'resolve', style: 'primary' },
  { action: 'approve', style: 'primary' },
  { action: 'reject', style: 'danger' },
  { action: 'unclaim', style: undefined },
  { action: 'escalate', style: undefined },
  { action: 'reopen', style: undefined },
  { action: 'details', style: undefined },
] as const satisfies readonly CardButton[];

const SECOND_ROW = [
  { action: 'hand_over', style: undefined },
  { action: 'wait', style: undefined },
  { action: 'playbook', style: undefined },
] as const satisfies readonly CardButton[];

/** What the details show themselves. */
const BEHIND_THE_CARD: readonly CardButton['action'][] = ['details', 'playbook'];

/** What the lifecycle allows now; who may is decided when it is pressed. */
function isOffered(action: CardButton['action'], { status, playbook }: CardFacts): boolean {
  if (action === 'playbook') return isLive(status) && playbook?.kind === 'text';
  return action === 'details' || allows(status, action);
}

/** What a button carries: a hint where to look, never a permission. */
export const buttonValue = (facts: Pick<CardFacts, 'exceptionId' | 'version'>): string =>
  JSON.stringify({ v: 1, id: facts.exceptionId, version: facts.version });

/** What can be done with it now, in rows; `hasDetails` is false where its details are shown already. */
export const cardButtons = (
  facts: CardFacts,
  { words }: Reader,
  { hasDetails = true }: { hasDetails?: boolean } = {},
): Block[] =>
  [FIRST_ROW, SECOND_ROW].flatMap((row: readonly CardButton[]) => {
    const elements = row
      .filter(({ action }) => isOffered(action, facts) && (hasDetails || !BEHIND_THE_CARD.includes(action)))
      .map(({ action, style }) =>
        button(action, words.card.buttons[action], { value: buttonValue(facts), style }),
      );
    return elements.length === 0 ? [] : [{ type: 'actions', elements }];
  });

/** Every fact of the card as lines of text: what a screen reader reads and a notification shows. */
function fallbackText(facts: CardFacts, writer: Writer): string {
  const { card } = writer.words;
  const { labels } = card;
  const line = (label: string, value: string | undefined): string | undefined =>
    value === undefined ? undefined : card.line(label, value);
  const owner = facts.owner === undefined ? card.nobody : inert(facts.owner.name, 200);
  const lines = [
    `${inert(titleOf(facts, writer), LIMITS.header)} – ${statusLine(facts, writer)}`,
    card.amounts(amountsOf(facts, writer)),
    line(labels.difference, differenceWords(facts, writer)),
    line(labels.client, optional(facts.client)),
    line(labels.order, optional(facts.orderRef)),
    card.dueAndOpen(dueWords(facts, writer), writer.instant(facts.openedAt)),
    card.teamAndOwner(inert(facts.team.name, 200), owner),
    line(labels.waitsFor, waitWords(facts)),
    line(labels.offeredTo, offerWords(facts, writer)),
    line(labels.proposed, proposalWords(facts, writer)),
    line(writer.words.hold.label, cardHoldWords(facts, writer)),
    standing(facts, writer),
    ...findingLines(facts, writer),
    isLive(facts.status) ? line(labels.whatToDo, suggestedAction(facts.type, writer)) : undefined,
    isLive(facts.status) ? line(labels.playbook, playbookAddress(facts)) : undefined,
    line(writer.words.attempts.label, triedLines(facts, writer).join('; ') || undefined),
    ...historyLines(facts, writer),
  ];
  return cutEscaped(lines.filter((text) => text !== undefined).join('\n'), LIMITS.text);
}
