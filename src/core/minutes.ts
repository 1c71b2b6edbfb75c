import type { CardFacts } from './card.ts';
import { exceptionLabel } from './ids.ts';
import { formatMoney } from './money.ts';
import type { Agenda, AgendaItem, ItemDecided } from './triage.ts';

/** An item of an agenda with its exception. */
export type MinutesItem = { readonly item: AgendaItem; readonly facts: CardFacts };

/**
 * The minutes of a triage meeting as Markdown: what was on the agenda, what was decided by whom, and what is still open.
 * `zone` is where the meeting is held. What came in from outside cannot become markup.
 */
export function minutesOf(
  agenda: Omit<Agenda, 'items'>,
  items: readonly MinutesItem[],
  zone: string,
): string {
  const money = agenda.atStake.map((amount) => formatMoney(amount)).join(', ');
  const decided = items.filter(
    ({ item }) => item.decided !== undefined && item.decided.outcome !== 'carried',
  );
  const open = items.filter((one) => !decided.includes(one));
  return [
    `# Triage ${localTime(agenda.meetsAt, zone)}`,
    '',
    `${agenda.count} exceptions, ${money} at stake. Decided: ${decided.length}. Not decided: ${open.length}.`,
    ...(agenda.leftOver > 0 ? [`${agenda.leftOver} more did not fit and wait for the next meeting.`] : []),
    ...section('Decided', decided, zone),
    ...section('Not decided', open, zone),
    '',
  ].join('\n');
}

const HEADER = [
  '| Exception | Client | Order | At stake | Owner | Open since | Decision | By | When | Note |',
  '|---|---|---|---:|---|---|---|---|---|---|',
];

function section(title: string, items: readonly MinutesItem[], zone: string): string[] {
  return items.length === 0
    ? []
    : ['', `## ${title}`, '', ...HEADER, ...items.map((one) => rowOf(one, zone))];
}

function rowOf({ item, facts }: MinutesItem, zone: string): string {
  const { decided } = item;
  const cells = [
    `${exceptionLabel(facts.number)} ${facts.type.replaceAll('_', ' ')}`,
    facts.client ?? '',
    facts.orderRef ?? '',
    formatMoney(facts.atStake),
    facts.owner?.name ?? `nobody (${facts.team.name})`,
    localTime(facts.openedAt, zone).slice(0, 10),
    decided ? decisionOf(decided) : `proposed: ${item.proposed.replaceAll('_', ' ')}`,
    decided?.byName ?? '',
    decided ? localTime(decided.at, zone) : '',
    decided?.note ?? '',
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function decisionOf({ outcome, assignedTo, resolutionCode }: ItemDecided): string {
  if (outcome === 'assign') return `given to ${assignedTo ?? 'somebody'}`;
  if (outcome === 'resolved') return `resolved as ${(resolutionCode ?? 'something').replaceAll('_', ' ')}`;
  return { rule_change: 'rule change', cleared: 'cleared by a run', carried: 'on the next agenda' }[outcome];
}

const MARKUP = /[\\`*_{}[\]<>()#+!|~&]/g;
const CONTROLS = /\p{C}+/gu;

/** One line of a table, in which nothing is markup. */
const cell = (text: string): string =>
  text
    .replaceAll(CONTROLS, ' ')
    .trim()
    .replaceAll(MARKUP, (sign) => `\\${sign}`);

/** `2026-11-24 10:00`, as the clock there says. */
const localTime = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
