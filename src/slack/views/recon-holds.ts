import type { HoldPage } from '../../core/hold.ts';
import { type Block, context, header, LIMITS, type Message, section } from './blocks.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { heldRow, holdRowWords, holdTotalWords } from './hold-words.ts';
import { plainly } from './instants.ts';
import type { Reader } from './reader.ts';
import { paging } from './recon-list.ts';

/** What stops payments: one page of holds under their sum. `command` asks for another page, `typed` is what was asked for. */
export function holdsAnswer(
  page: HoldPage,
  { command, typed }: { command: string; typed: string | undefined },
  reader: Reader,
): Message {
  const { hold, work } = reader.words;
  const title = inert(hold.title, LIMITS.header);
  const head = header(plain(hold.title, LIMITS.header));
  if (page.total === 0) {
    const said = hold.none({ typed: inert(typed ?? '', 200) });
    return { text: `${title}\n${said}`, blocks: [head, section(said)] };
  }
  const position = page.pages === 1 ? '' : ` · ${work.page(page.page + 1, page.pages)}`;
  const summary = `${holdTotalWords(page, reader)}${position}`;
  const lines = page.rows.map((row) => holdRowWords(row, plainly(reader)));
  const blocks: Block[] = [
    head,
    section(summary),
    ...page.rows.map((row) => heldRow(row, reader)),
    ...paging(page, command, reader),
    context(hold.hint),
  ];
  return { text: cutEscaped([title, summary, ...lines, hold.hint].join('\n'), LIMITS.text), blocks };
}
