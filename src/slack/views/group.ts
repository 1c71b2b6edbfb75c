import { addSums, type GroupFacts, type GroupItem, type Sum } from '../../core/group.ts';
import { exceptionLabel } from '../../core/ids.ts';
import { allows, isLive } from '../../core/lifecycle.ts';
import {
  type Block,
  type ButtonStyle,
  button,
  fields,
  header,
  LIMITS,
  type Message,
  plainText,
  section,
} from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import { type Reader, stakeFor } from './reader.ts';
import { typeTitle } from './type-words.ts';
import { moneyWords } from './work-words.ts';

/** What a button of a group carries: a hint where to look, never a permission. */
const groupValue = (groupId: string): string => JSON.stringify({ v: 1, group: groupId });

const sumWords = ({ count, money }: Sum, reader: Reader) => ({ count, money: moneyWords(money, reader) });

/** The one message of a flood: how many, what they are worth, how they stand, the largest, and what can be done. */
export function renderGroup(facts: GroupFacts, reader: Reader): Message {
  const { flood } = reader.words;
  const rich = richly(reader);
  const live = liveSum(facts);
  return {
    text: fallbackText(facts, plainly(reader)),
    blocks: [
      header(plain(titleOf(facts, reader), LIMITS.header)),
      section(
        `*${live.count === 0 ? flood.done : flood.live(sumWords(live, reader))}*\n${summary(facts, rich)}`,
      ),
      ...fields([
        [flood.labels.tally, tally(facts, reader).join('\n')],
        [flood.labels.owners, live.count === 0 ? undefined : owners(facts, reader).join('\n')],
        [flood.labels.firstDue, facts.firstDueAt && rich.instant(facts.firstDueAt)],
      ]),
      ...top(facts, rich),
      { type: 'actions', elements: buttons(facts, reader) },
    ],
  };
}

/** The group without layout, for when Slack refuses the full one: the fallback text, and the buttons. */
export const minimalGroup = ({ text, blocks }: Message): Message => ({
  text,
  blocks: [
    { type: 'section', text: plainText(cutEscaped(text, 2_500)) },
    ...blocks.filter(({ type }) => type === 'actions'),
  ],
});

const liveSum = ({ tally: all }: GroupFacts): Sum => addSums(all.filter(({ status }) => isLive(status)));

const titleOf = (facts: GroupFacts, reader: Reader): string =>
  reader.words.flood.title({ count: addSums(facts.tally).count, type: typeTitle(facts.type, reader) });

const summary = ({ team, openedAt }: GroupFacts, { words, instant }: Writer): string =>
  words.flood.summary({ team: inert(team.name, 200), opened: instant(openedAt) });

const tally = (facts: GroupFacts, reader: Reader): string[] =>
  facts.tally.map(({ status, ...sum }) =>
    reader.words.flood.tally({ status: reader.words.status[status], ...sumWords(sum, reader) }),
  );

function owners({ owners: all, ownerCount }: GroupFacts, { words: { flood } }: Reader): string[] {
  if (all.length === 0) return [flood.nobody];
  const lines = all.map(({ name, count }) => flood.owner({ name: inert(name, 200), count }));
  return ownerCount > all.length ? [...lines, flood.moreOwners(ownerCount - all.length)] : lines;
}

/** Which exception, how much, whose client and order: one line, escaped. */
export const itemLine = (item: GroupItem, reader: Reader): string =>
  reader.words.flood.item({
    label: exceptionLabel(item.number),
    money: stakeFor(item.atStake, reader, item.amountTag),
    client: item.client === undefined ? undefined : inert(item.client, 150),
    order: item.orderRef === undefined ? undefined : inert(item.orderRef, 150),
  });

/** How it stands, whose it is and when it is due: one line, escaped. */
export const standingLine = (item: GroupItem, { words, instant }: Writer): string =>
  words.flood.standing({
    status: words.status[item.status],
    owner: item.owner && inert(item.owner.name, 150),
    due: instant(item.dueAt),
  });

function top({ top: items }: GroupFacts, writer: Writer): Block[] {
  if (items.length === 0) return [];
  const lines = items.map((item) => `• ${itemLine(item, writer)}`);
  return [section(`*${writer.words.flood.labels.top}*\n${lines.join('\n')}`)];
}

const ACTIONS = [
  { action: 'claim', style: 'primary' },
  { action: 'resolve', style: undefined },
  { action: 'hand_over', style: undefined },
] as const satisfies readonly { action: string; style: ButtonStyle }[];

/** What the lifecycle allows for at least one of them; who may is decided when it is pressed. */
function buttons(facts: GroupFacts, { words: { flood } }: Reader): Block[] {
  const value = groupValue(facts.groupId);
  const possible = ACTIONS.filter(({ action }) => facts.tally.some(({ status }) => allows(status, action)));
  return [
    ...possible.map(({ action, style }) => button(`bulk_${action}`, flood.buttons[action], { value, style })),
    button('bulk_list', flood.buttons.list, { value }),
  ];
}

/** Every fact of the card as lines of text: what a screen reader reads and a notification shows. */
function fallbackText(facts: GroupFacts, writer: Writer): string {
  const { flood, card } = writer.words;
  const live = liveSum(facts);
  const lines = [
    inert(titleOf(facts, writer), 300),
    live.count === 0 ? flood.done : flood.live(sumWords(live, writer)),
    card.line(flood.labels.tally, tally(facts, writer).join('; ')),
    ...(live.count === 0 ? [] : [card.line(flood.labels.owners, owners(facts, writer).join('; '))]),
    ...(facts.firstDueAt ? [card.line(flood.labels.firstDue, writer.instant(facts.firstDueAt))] : []),
    ...facts.top.map((item) => itemLine(item, writer)),
    summary(facts, writer),
  ];
  return cutEscaped(lines.join('\n'), LIMITS.text);
}
