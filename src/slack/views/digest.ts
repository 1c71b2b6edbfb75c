import type { DigestFacts } from '../../core/digest.ts';
import { hasNews } from '../../core/digest.ts';
import { type Block, context, fields, header, LIMITS, type Message, section } from './blocks.ts';
import { itemsTable, moneyChart, ownersChart } from './digest-charts.ts';
import {
  aboutWords,
  itemLine,
  rowLine,
  rowName,
  sumWords,
  tallyPairs,
  titleOf,
  typeName,
} from './digest-words.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import type { Reader } from './reader.ts';

/** A digest with Slack's own charts and table. */
export function renderDigest(facts: DigestFacts, reader: Reader): Message {
  return {
    text: fallbackText(facts, reader),
    blocks: [
      ...opening(facts, reader),
      ...ownersChart(facts, reader),
      ...moneyChart(facts, reader),
      ...itemsTable(facts, reader),
      context(reader.words.digest.hint),
    ],
  };
}

/** The same facts in the oldest blocks there are, for when Slack takes no charts. */
export function renderClassicDigest(facts: DigestFacts, reader: Reader): Message {
  const lists = listsOf(facts, richly(reader)).map(([title, lines]) =>
    section(cutEscaped([`*${title}*`, ...lines.map((line) => `• ${line}`)].join('\n'), LIMITS.section)),
  );
  return {
    text: fallbackText(facts, reader),
    blocks: [...opening(facts, reader), ...lists, context(reader.words.digest.hint)],
  };
}

function opening(facts: DigestFacts, reader: Reader): Block[] {
  const { digest } = reader.words;
  return [
    header(plain(titleOf(facts.about, reader), LIMITS.header)),
    section(cutEscaped(aboutWords(facts, richly(reader)), LIMITS.section)),
    ...(hasNews(facts) ? [] : [section(digest.nothing)]),
    ...fields([...tallyPairs(facts, reader), [digest.atRisk, sumWords(facts.live.money, reader)]]),
  ];
}

/** Every fact; what is cut away at the end is the least urgent of a list. */
function fallbackText(facts: DigestFacts, reader: Reader): string {
  const writer = plainly(reader);
  const { digest } = reader.words;
  const lines = [
    inert(titleOf(facts.about, reader), LIMITS.header),
    aboutWords(facts, writer),
    ...(hasNews(facts) ? [] : [digest.nothing]),
    ...tallyPairs(facts, reader).map(([label, value]) => `${label}: ${value}`),
    `${digest.atRisk}: ${sumWords(facts.live.money, reader)}`,
    ...listsOf(facts, writer).flatMap(([title, rows]) => [title, ...rows.map((row) => `• ${row}`)]),
  ];
  return cutEscaped(lines.join('\n'), LIMITS.text);
}

/** The lists under their headings, without those that are empty. */
function listsOf(facts: DigestFacts, writer: Writer): (readonly [string, string[]])[] {
  const { digest } = writer.words;
  const named = { ...writer, by: facts.by };
  const lists = [
    [
      facts.by === 'owner' ? digest.byOwner : digest.byClient,
      facts.rows.map((row) => rowLine(row, rowName(row, named), writer)),
    ],
    [digest.byType, facts.types.map((row) => rowLine(row, typeName(row, writer), writer))],
    [digest.firstDue, facts.items.map((item) => itemLine(item, writer))],
  ] as const;
  return lists.filter(([, lines]) => lines.length > 0);
}
