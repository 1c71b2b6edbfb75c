import type { WorkPage, WorkRow } from '../../core/work.ts';
import { type Block, button, context, header, LIMITS, type Message, section } from './blocks.ts';
import { buttonValue } from './card.ts';
import { cutEscaped, inert, plain } from './escape.ts';
import { localInstant, plainInstant } from './instants.ts';
import { rowWords, totalWords } from './work-words.ts';

/** What was asked, so that a page button can ask it again. */
export type Asked = { readonly title: string; readonly command: string; readonly nothing: string };

/** One page of exceptions, each with its Details, and buttons to the pages around it. */
export function listAnswer(shown: WorkPage, { title, command, nothing }: Asked): Message {
  const heading = plain(title, LIMITS.header);
  if (shown.total === 0) {
    const said = inert(nothing, LIMITS.section);
    return { text: `${heading}\n${said}`, blocks: [header(heading), section(said)] };
  }
  const summary = `${totalWords(shown)}${shown.pages === 1 ? '' : `, page ${shown.page + 1} of ${shown.pages}`}`;
  const lines = shown.rows.map((row) => rowWords(row, plainInstant));
  return {
    text: cutEscaped([heading, summary, ...lines].join('\n'), LIMITS.text),
    blocks: [
      header(heading),
      section(summary),
      ...shown.rows.map(listed),
      ...paging(shown, command),
      context('/recon show EX-n shows one with all its buttons.'),
    ],
  };
}

const listed = (row: WorkRow): Block => ({
  ...section(rowWords(row, localInstant)),
  block_id: row.exceptionId,
  accessory: button('details', 'Details', { value: buttonValue(row) }),
});

/** The number is in the action id, so that both buttons of a block differ. */
export const RECON_PAGE = 'recon_page_';

function paging({ page, pages }: WorkPage, command: string): Block[] {
  const to = (target: number, label: string): Block =>
    button(`${RECON_PAGE}${target}`, label, {
      value: JSON.stringify({ v: 1, command, page: target }),
    });
  const elements = [
    ...(page > 0 ? [to(page - 1, 'Previous')] : []),
    ...(page < pages - 1 ? [to(page + 1, 'Next')] : []),
  ];
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}
