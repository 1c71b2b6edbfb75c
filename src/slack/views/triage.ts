import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { allows } from '../../core/lifecycle.ts';
import { type Agenda, type AgendaItem, BESIDES, type ItemDecided } from '../../core/triage.ts';
import { lastAttempt } from './attempts.ts';
import { type Block, button, context, divider, header, LIMITS, type Message, section } from './blocks.ts';
import { buttonValue } from './card.ts';
import { codeWords } from './code-words.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import { moneyFor, type Reader, stakeFor } from './reader.ts';
import { typeTitle } from './type-words.ts';

/** An item with its exception as it is now. */
export type ShownItem = { readonly item: AgendaItem; readonly facts: CardFacts };
export type ShownAgenda = Omit<Agenda, 'items'> & { readonly items: readonly ShownItem[] };

/** One message of an agenda: every item with what was tried and what is proposed, and the decisions that can be taken. */
export function renderAgenda(agenda: ShownAgenda, reader: Reader): Message {
  const { triage } = reader.words;
  const lines = headLines(agenda, plainly(reader));
  const text = [
    triage.title(agenda),
    ...lines,
    ...agenda.items.flatMap((shown) => itemLines(shown, plainly(reader))),
  ];
  return {
    text: cutEscaped(text.join('\n'), LIMITS.text),
    blocks: [
      header(plain(triage.title(agenda), LIMITS.header)),
      section(headLines(agenda, richly(reader)).join('\n')),
      ...agenda.items.flatMap((shown) => itemBlocks(shown, reader)),
      ...(agenda.leftOver > 0 && agenda.page === agenda.pages
        ? [context(triage.leftOver(agenda.leftOver))]
        : []),
    ],
  };
}

/** The message without its layout, for when Slack refuses the full one. */
export const minimalAgenda = ({ text, blocks }: Message): Message => ({
  text,
  blocks: blocks.filter(({ type }) => type === 'actions'),
});

function headLines(agenda: ShownAgenda, writer: Writer): string[] {
  const { triage } = writer.words;
  const money = agenda.atStake.map((amount) => moneyFor(amount, writer)).join(', ');
  return [
    triage.meets({ at: writer.instant(agenda.meetsAt) }),
    triage.about({ count: agenda.count, money }),
    triage.left(agenda),
  ];
}

function itemBlocks(shown: ShownItem, reader: Reader): Block[] {
  const [title = '', ...lines] = itemLines(shown, richly(reader));
  const elements = buttonsOf(shown, reader);
  return [
    divider,
    section(cutEscaped([`*${title}*`, ...lines].join('\n'), LIMITS.section)),
    ...(elements.length === 0 ? [] : [{ type: 'actions', elements }]),
  ];
}

function itemLines({ item, facts }: ShownItem, writer: Writer): string[] {
  const { triage, card } = writer.words;
  const line = (label: string, value: string): string => card.line(label, value);
  const about = [
    stakeFor(facts.atStake, writer, facts.amountTag),
    ...[facts.client, facts.orderRef].flatMap((text) => (text === undefined ? [] : [inert(text, 200)])),
  ];
  const title = `${exceptionLabel(facts.number)} · ${inert(typeTitle(facts.type, writer), 150)} · ${about.join(' · ')}`;
  if (item.decided) return [title, decidedWords(item.decided, writer)];
  const owner = facts.owner === undefined ? triage.nobody : inert(facts.owner.name, 200);
  const said = facts.history.findLast(({ note }) => note !== undefined);
  return [
    title,
    [
      line(triage.owner, `${owner} (${inert(facts.team.name, 200)})`),
      line(triage.openFor, writer.instant(facts.openedAt)),
    ].join(' · '),
    line(triage.tried, triedWords({ item, facts }, writer)),
    ...(said?.note === undefined
      ? []
      : [line(triage.lastSaid, `“${inert(said.note, 300)}” (${inert(said.actor?.name ?? '', 100)})`)]),
    line(triage.proposed, triage.decisions[item.proposed]),
  ];
}

/** How often somebody had it, who last and how that ended, and what happened besides. */
function triedWords({ item: { besides }, facts: { attempts = [] } }: ShownItem, writer: Writer): string {
  const { triage } = writer.words;
  const last = lastAttempt(attempts, writer);
  const parts = [
    ...(last === undefined ? [] : [triage.had({ ...last, count: attempts.length })]),
    ...BESIDES.flatMap((kind) => (besides[kind] > 0 ? [triage.besides[kind](besides[kind])] : [])),
  ];
  return parts.length === 0 ? triage.nothingTried : parts.join(', ');
}

function decidedWords(decided: ItemDecided, writer: Writer): string {
  const { outcomes, nobody } = writer.words.triage;
  const at = writer.instant(decided.at);
  const by = inert(decided.byName ?? nobody, 200);
  const words = {
    assign: outcomes.assign({ to: inert(decided.assignedTo ?? nobody, 200), by, at }),
    rule_change: outcomes.rule_change({ by, at }),
    resolved: outcomes.resolved({ code: codeWords(decided.resolutionCode ?? '', writer), by, at }),
    cleared: outcomes.cleared({ at }),
    carried: outcomes.carried({ at }),
  }[decided.outcome];
  return decided.note === undefined ? words : `${words} (“${inert(decided.note, 300)}”)`;
}

/** What its status allows to be decided; who may is decided when it is pressed. The proposed one stands out. */
function buttonsOf({ item, facts }: ShownItem, { words }: Reader): Block[] {
  const details = button('details', words.card.buttons.details, { value: buttonValue(facts) });
  if (item.decided) return [details];
  const { buttons } = words.triage;
  const value = buttonValue(facts);
  const decision = (key: keyof typeof buttons, actionId: string): Block =>
    button(actionId, buttons[key], { value, style: item.proposed === key ? 'primary' : undefined });
  const { status } = facts;
  return [
    ...(allows(status, 'claim') ? [button('claim', words.card.buttons.claim, { value })] : []),
    ...(allows(status, 'assign') ? [decision('assign', 'assign')] : []),
    ...(allows(status, 'resolve')
      ? [decision('write_off', 'triage_write_off'), decision('accept', 'triage_accept')]
      : []),
    ...(allows(status, 'rule_change') ? [decision('rule_change', 'rule_change')] : []),
    details,
  ];
}
