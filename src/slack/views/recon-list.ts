import type { WorkPage, WorkRow } from '../../core/work.ts';
import { type Block, button, context, header, LIMITS, type Message, section } from './blocks.ts';
import { buttonValue } from './card.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { plainly, richly } from './instants.ts';
import type { Reader } from './reader.ts';
import { rowWords, totalWords } from './work-words.ts';

/** What was asked, so that a page button can ask it again; `nothing` may hold what was typed, not escaped. */
export type Asked = { readonly title: string; readonly command: string; readonly nothing: string };

/** One page of exceptions, each with its Details, and buttons to the pages around it. */
export function listAnswer(shown: WorkPage, asked: Asked, reader: Reader): Message {
  const heading = plain(asked.title, LIMITS.header);
  const title = inert(asked.title, LIMITS.header);
  if (shown.total === 0) {
    const said = inert(asked.nothing, LIMITS.section);
    return { text: `${title}\n${said}`, blocks: [header(heading), section(said)] };
  }
  const { text, blocks } = pageOf(shown, asked.command, reader);
  return { text: cutEscaped(`${title}\n${text}`, LIMITS.text), blocks: [header(heading), ...blocks] };
}

/** The rows of a page under their totals, with its buttons; the text is not yet cut to its limit. */
export function pageOf(shown: WorkPage, command: string, reader: Reader): Message {
  const { recon, work } = reader.words;
  const position = shown.pages === 1 ? '' : `, ${work.page(shown.page + 1, shown.pages)}`;
  const summary = `${totalWords(shown, reader)}${position}`;
  return {
    text: [summary, ...shown.rows.map((row) => rowWords(row, plainly(reader)))].join('\n'),
    blocks: [
      section(summary),
      ...shown.rows.map((row) => listed(row, reader)),
      ...paging(shown, command, reader),
      context(recon.listHint),
    ],
  };
}

const listed = (row: WorkRow, reader: Reader): Block => ({
  ...section(rowWords(row, richly(reader))),
  block_id: row.exceptionId,
  accessory: button('details', reader.words.card.buttons.details, { value: buttonValue(row) }),
});

/** The number is in the action id, so that both buttons of a block differ. */
export const RECON_PAGE = 'recon_page_';

/** Buttons to the pages around this one; `command` asks for it again. */
export function paging(
  { page, pages }: Pick<WorkPage, 'page' | 'pages'>,
  command: string,
  { words }: Reader,
): Block[] {
  const { previous, next } = words.card.buttons;
  const to = (target: number, label: string): Block =>
    button(`${RECON_PAGE}${target}`, label, {
      value: JSON.stringify({ v: 1, command, page: target }),
    });
  const elements = [
    ...(page > 0 ? [to(page - 1, previous)] : []),
    ...(page < pages - 1 ? [to(page + 1, next)] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
