import type { EntryPage } from '../../core/entry.ts';
import { type Block, button, context, header, LIMITS, type Message, section } from './blocks.ts';
import { bookedWords, entrySumWords, waitingWords } from './entry-words.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly, type Writer } from './instants.ts';
import type { Reader } from './reader.ts';
import { paging } from './recon-list.ts';

/** `command` asks for another page. `typed` is what was asked for, and `near` a known name near to it; not yet escaped. */
type Asked = { readonly command: string; readonly typed: string; readonly near: string | undefined };

/** Finance's list: what waits for a second person, then what is booked, under what each comes to. */
export function adjustmentsAnswer(page: EntryPage, { command, typed, near }: Asked, reader: Reader): Message {
  const { entry, work } = reader.words;
  const title = inert(entry.title, LIMITS.header);
  const head = header(plain(entry.title, LIMITS.header));
  if (page.sums.waiting.count + page.sums.booked.count === 0) {
    const said =
      typed === '' ? entry.none : entry.noMatch({ typed: inert(typed, 300), near: near && inert(near, 200) });
    return { text: `${title}\n${said}`, blocks: [head, section(said)] };
  }
  const position = page.pages === 1 ? '' : ` · ${work.page(page.page + 1, page.pages)}`;
  const summary = `${entrySumWords(page, reader)}${position}`;
  const lines = partsOf(page, plainly(reader)).flatMap(({ name, rows }) => [
    name,
    ...rows.map((row) => row.words),
  ]);
  const blocks: Block[] = [
    head,
    section(summary),
    ...partsOf(page, richly(reader)).flatMap(({ name, rows }) => [
      section(`*${name}*`),
      ...rows.map((row) => listed(row, reader)),
    ]),
    ...paging(page, command, reader),
    context(entry.hint),
  ];
  return { text: cutEscaped([title, summary, ...lines, entry.hint].join('\n'), LIMITS.text), blocks };
}

type Row = {
  readonly key: string;
  readonly words: string;
  readonly exceptionId: string;
  readonly exceptionVersion: number;
};

/** Both parts of a page, without one that is empty. */
function partsOf({ waiting, booked }: EntryPage, writer: Writer): { name: string; rows: Row[] }[] {
  const { heads } = writer.words.entry;
  return [
    {
      name: heads.waiting,
      rows: waiting.map((row) => ({ ...row, key: row.proposalId, words: waitingWords(row, writer) })),
    },
    {
      name: heads.booked,
      rows: booked.map((row) => ({ ...row, key: `A-${row.number}`, words: bookedWords(row, writer) })),
    },
  ].filter(({ rows }) => rows.length > 0);
}

/** One entry with the details of its exception. */
const listed = ({ key, words, exceptionId, exceptionVersion }: Row, reader: Reader): Block => ({
  ...section(words),
  block_id: `entry-${key}`,
  accessory: button('details', reader.words.card.buttons.details, {
    value: JSON.stringify({ v: 1, id: exceptionId, version: exceptionVersion }),
  }),
});
