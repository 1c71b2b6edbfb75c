import type { CardFacts, Finding } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { allows, isLive, type OfferedAction } from '../../core/lifecycle.ts';
import { formatMoney } from '../../core/money.ts';
import { suggestedAction, typeTitle } from '../../core/words.ts';
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
import { localInstant, plainInstant } from './instants.ts';
import {
  amountWords,
  differenceWords,
  dueWords,
  historyWords,
  offerWords,
  SEVERITY_WORDS,
  statusLine,
  type WriteInstant,
  waitWords,
} from './words.ts';

const SHOWN_FINDINGS = 5;
const SHOWN_HISTORY = 3;

/** `EX-1042 · Missing invoice`, for a plain_text place. */
const titleOf = (facts: Pick<CardFacts, 'number' | 'type'>, limit: number = LIMITS.header): string =>
  plain(`${exceptionLabel(facts.number)} · ${typeTitle(facts.type)}`, limit);

/** The one message of an exception: what differs, what it is worth, whose it is, and what can be done. */
export function renderCard(facts: CardFacts): Message {
  return {
    text: fallbackText(facts),
    blocks: [
      header(titleOf(facts)),
      section(`*${statusLine(facts, localInstant)}*\n${standing(facts)}`),
      ...fields([
        ['Expected', amountWords(facts.expected)],
        ['Actual', amountWords(facts.actual)],
        ['Difference', differenceWords(facts)],
        ['At stake', formatMoney(facts.atStake)],
      ]),
      ...fields([
        ['Client', optional(facts.client)],
        ['Order', optional(facts.orderRef)],
        ['Due', dueWords(facts, localInstant)],
        ['Open since', localInstant(facts.openedAt)],
        ['Owner', facts.owner === undefined ? 'nobody' : inert(facts.owner.name, 200)],
        ['Team', inert(facts.team.name, 200)],
      ]),
      ...fields([
        ['Waits for', waitWords(facts)],
        ['Offered to', offerWords(facts, localInstant)],
      ]),
      ...findings(facts.findings),
      ...whatToDo(facts),
      ...history(facts),
      ...buttons(facts),
    ],
  };
}

/** The card without layout, for when Slack refuses the full one: the fallback text, and the buttons. */
export function renderMinimalCard(facts: CardFacts): Message {
  const text = fallbackText(facts);
  return {
    text,
    blocks: [{ type: 'section', text: plainText(cutEscaped(text, 2_500)) }, ...buttons(facts)],
  };
}

const optional = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : inert(text, 500);

function standing(facts: CardFacts): string {
  const level = facts.level === 0 ? '' : ` · escalated, level ${facts.level}`;
  const reason = inert(facts.reason.replaceAll('_', ' ').toLowerCase(), 200);
  return `${SEVERITY_WORDS[facts.severity]}${level} · ${reason} · ${inert(facts.reconciliation, 200)}`;
}

const findingWords = (finding: Finding): string =>
  `${inert(finding.field.replaceAll('_', ' '), 100)}: expected ${side(finding.expected)}, actual ${side(finding.actual)}`;

const side = (value: string | undefined): string => (value === undefined ? 'nothing' : inert(value, 200));

/** What the two amounts above do not say already. */
function findings(all: readonly Finding[]): Block[] {
  if (all.every(({ field }) => field === 'amount')) return [];
  const lines = all.slice(0, SHOWN_FINDINGS).map((finding) => `• ${findingWords(finding)}`);
  if (all.length > SHOWN_FINDINGS) lines.push(`• and ${all.length - SHOWN_FINDINGS} more, under Details`);
  return [section(`*What differs*\n${lines.join('\n')}`)];
}

function whatToDo(facts: CardFacts): Block[] {
  const suggestion = suggestedAction(facts.type);
  if (!isLive(facts.status)) return [];
  const lines = [
    ...(suggestion === undefined ? [] : [inert(suggestion, 500)]),
    ...(facts.playbook === undefined ? [] : [`<${linkAddress(facts.playbook)}|Playbook>`]),
  ];
  return lines.length === 0 ? [] : [section(`*What to do*\n${lines.join('\n')}`)];
}

/** An address of the configuration as it may stand in a link: nothing in it ends the link. */
const linkAddress = (address: string): string =>
  new URL(address).href.replaceAll('&', '&amp;').replaceAll(/[<>|]/g, encodeURIComponent);

function history(facts: CardFacts): Block[] {
  const lines = facts.history.slice(-SHOWN_HISTORY).map((line) => historyWords(line, localInstant));
  return lines.length === 0 ? [] : [context(cutEscaped(lines.join('\n'), LIMITS.section))];
}

type CardButton = {
  readonly action: OfferedAction | 'details';
  readonly label: string;
  readonly style: ButtonStyle;
};

/** Two rows, so that the first holds five buttons at most and the card stays readable. */
const FIRST_ROW = [
  { action: 'claim', label: 'Claim', style: 'primary' },
  { action: 'resume', label: 'Resume', style: 'primary' },
  { action: 'resolve', label: 'Resolve', style: 'primary' },
  { action: 'unclaim', label: 'Give back', style: undefined },
  { action: 'escalate', label: 'Escalate', style: undefined },
  { action: 'reopen', label: 'Reopen', style: undefined },
  { action: 'details', label: 'Details', style: undefined },
] as const satisfies readonly CardButton[];

const SECOND_ROW = [
  { action: 'hand_over', label: 'Hand over', style: undefined },
  { action: 'wait', label: 'Wait', style: undefined },
] as const satisfies readonly CardButton[];

/** What the lifecycle allows now; who may is decided when it is pressed. */
const isOffered = (action: CardButton['action'], { status }: CardFacts): boolean =>
  action === 'details' || allows(status, action);

/** What a button carries: a hint where to look, never a permission. */
export const buttonValue = (facts: Pick<CardFacts, 'exceptionId' | 'version'>): string =>
  JSON.stringify({ v: 1, id: facts.exceptionId, version: facts.version });

const buttons = (facts: CardFacts): Block[] =>
  [FIRST_ROW, SECOND_ROW].flatMap((row: readonly CardButton[]) => {
    const elements = row
      .filter(({ action }) => isOffered(action, facts))
      .map(({ action, label, style }) => button(action, label, { value: buttonValue(facts), style }));
    return elements.length === 0 ? [] : [{ type: 'actions', elements }];
  });

/** Every fact of the card as lines of text: what a screen reader reads and a notification shows. */
function fallbackText(facts: CardFacts): string {
  const instant: WriteInstant = plainInstant;
  const suggestion = suggestedAction(facts.type);
  const lines = [
    `${titleOf(facts)} – ${statusLine(facts, instant)}`,
    `Expected ${amountWords(facts.expected)}, actual ${amountWords(facts.actual)}, at stake ${formatMoney(facts.atStake)}`,
    line('Difference', differenceWords(facts)),
    line('Client', optional(facts.client)),
    line('Order', optional(facts.orderRef)),
    `Due ${dueWords(facts, instant)}, open since ${instant(facts.openedAt)}`,
    `Team ${inert(facts.team.name, 200)}, owner ${facts.owner === undefined ? 'nobody' : inert(facts.owner.name, 200)}`,
    line('Waits for', waitWords(facts)),
    line('Offered to', offerWords(facts, instant)),
    standing(facts),
    ...facts.findings.slice(0, SHOWN_FINDINGS).map(findingWords),
    isLive(facts.status) ? line('What to do', suggestion) : undefined,
    isLive(facts.status) ? line('Playbook', facts.playbook && linkAddress(facts.playbook)) : undefined,
    ...facts.history.slice(-SHOWN_HISTORY).map((entry) => historyWords(entry, instant)),
  ];
  return cutEscaped(lines.filter((text) => text !== undefined).join('\n'), LIMITS.text);
}

const line = (label: string, value: string | undefined): string | undefined =>
  value === undefined ? undefined : `${label}: ${value}`;
