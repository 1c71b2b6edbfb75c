import { Fault } from '../../core/fault.ts';
import { scalarOf, textAt } from '../../core/json-text.ts';
import type { Pages } from '../../core/pull.ts';
import type { Answer } from '../../net/send.ts';
import type { Turn } from './request.ts';

type PageRead = {
  readonly answer: Answer;
  readonly body: string;
  readonly records: readonly string[];
  /** How many pages, or records, came before it and with it. */
  readonly pages: number;
  readonly offset: number;
};

/** How the list goes on after a page; undefined at its end. */
export function nextTurn(pages: Pages, page: PageRead): Turn | undefined {
  if (pages.kind === 'one') return undefined;
  if (pages.kind === 'cursor') return cursorTurn(pages, page);
  if (pages.kind === 'next') return addressTurn(toldAddress(textAt(page.body, pages.from)), page.answer.url);
  if (pages.kind === 'link') return addressTurn(nextLink(page.answer.headers.link), page.answer.url);
  if (page.records.length < pages.size) return undefined;
  const text = String(pages.kind === 'page' ? pages.first + page.pages : pages.first + page.offset);
  return { kind: 'place', to: pages.to, text, isNumber: true };
}

const NO_MORE = ['false', 'null', '""', '0'];

/** Sources write `"next": false` as well as null at the end. */
const toldAddress = (told: string | undefined): string | undefined =>
  told === undefined || NO_MORE.includes(told) ? undefined : scalarOf(told);

function cursorTurn(
  { from, fromLast, to, more }: Extract<Pages, { kind: 'cursor' }>,
  { body, records }: PageRead,
): Turn | undefined {
  const told = more === undefined ? undefined : (textAt(body, more) ?? 'null');
  if (told !== undefined && NO_MORE.includes(told)) return undefined;
  const last = records.at(-1);
  const text = scalarOf(fromLast ? last && textAt(last, from) : textAt(body, from));
  if (text !== undefined && text !== '') return { kind: 'place', to, text, isNumber: false };
  if (told === undefined) return undefined;
  const where = `${fromLast ? 'its last record' : 'the answer'} has nothing at ${from.join('.')}`;
  throw new Fault(
    'pages_broken',
    `The source says that there is more, and ${where}: look at pages in the feed's file.`,
  );
}

function addressTurn(address: string | undefined, base: string): Turn | undefined {
  if (address === undefined || address === '') return undefined;
  if (URL.canParse(address, base)) return { kind: 'address', url: new URL(address, base).href };
  throw new Fault(
    'pages_broken',
    `The source names "${address.slice(0, 100)}" as its next page, which is no address.`,
  );
}

/** The address of `<https://…>; rel="next"` among the links of a header (RFC 8288). */
function nextLink(header: string | undefined): string | undefined {
  const links = [...(header ?? '').matchAll(/<([^<>]*)>([^<]*)/g)];
  return links.find(([, , parameters = '']) =>
    /;\s*rel\s*=\s*"?(?:[^"]*\s)?next[\s"]?/i.test(`${parameters} `),
  )?.[1];
}
