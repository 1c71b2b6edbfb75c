import { hash } from 'node:crypto';
import { Fault } from '../../core/fault.ts';
import { monthsBetween, readInstant, writeInstant } from '../../core/instant.ts';
import { itemTexts, scalarOf, textAt } from '../../core/json-text.ts';
import type { HttpPull } from '../../core/pull.ts';
import type { Secrets } from '../../core/secrets.ts';
import type { Answer } from '../../net/send.ts';
import { linesOf } from './lines.ts';
import { type HttpReading, readJson, unreadable } from './reading.ts';
import { type Filling, type Turn, toRequest } from './request.ts';
import { nextTurn } from './turn.ts';

/** Where a pull stands between two pages; kept, so that a broken one goes on from there. */
export type Position = {
  /** Milliseconds since 1970: what this pull asks for, from and until. */
  readonly since: number;
  readonly until: number;
  /** Which of the months, when it goes month by month. */
  readonly month: number;
  readonly turn: Turn;
  readonly pages: number;
  readonly offset: number;
};

/** Rows of one page, each as one line of JSON, and where the pull stands after it. */
export type PageOfRows = {
  readonly rows: readonly string[];
  /** Undefined after the last page. */
  readonly position: Position | undefined;
  /** The latest change that a record of the page tells of; undefined when none does. */
  readonly latest: number | undefined;
};

const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
];

export const firstPosition = (since: number, until: number): Position => ({
  since,
  until,
  month: 0,
  turn: { kind: 'first' },
  pages: 0,
  offset: 0,
});

/**
 * Every page from a position on.
 *
 * Throws: Fault('pages_repeat') when the source sends the same page twice or leads back to one, Fault('answer_unreadable') for
 *         what is no JSON or has no list where the records should be, and what `Asker` throws.
 */
export async function* readPages(reading: HttpReading, from: Position): AsyncGenerator<PageOfRows> {
  const { pull } = reading;
  const seen = new Set<string>();
  let before = '';
  for (let at: Position | undefined = from; at !== undefined; ) {
    const page = await readPage(reading, at);
    const digest = page.records.length === 0 ? '' : hash('sha256', page.records.join('\n'), 'hex');
    const latest = latestOf(pull, page.records);
    const next = anew(pull, positionAfter(pull, at, page), latest);
    const name = next && JSON.stringify([next.since, next.month, next.turn]);
    const isRepeated = (digest !== '' && digest === before) || (name !== undefined && seen.has(name));
    if (isRepeated) throw repeats(page.answer, reading.secrets);
    if (name !== undefined) seen.add(name);
    // The next list, of another month, may well begin with the same.
    before = next?.turn.kind === 'first' ? '' : digest;
    yield { rows: await rowsOf(reading, page.records), position: next, latest };
    at = next;
  }
}

type Page = { readonly answer: Answer; readonly body: string; readonly records: readonly string[] };

async function readPage({ pull, asker, secrets }: HttpReading, at: Position): Promise<Page> {
  const answer = await asker.ask(toRequest(pull, { filling: fillingOf(pull, at), turn: at.turn, secrets }));
  const body = readJson(answer, secrets);
  return { answer, body, records: recordsOf(pull, { answer, body, secrets }) };
}

/** What `{since}` and the like stand for at this position. */
function fillingOf(pull: HttpPull, { since, until, month, pages, offset }: Position): Filling {
  const form = pull.since?.as ?? 'instant';
  const counted = pull.pages.kind === 'page' || pull.pages.kind === 'offset' ? pull.pages : undefined;
  const months = pull.byMonth ? monthsBetween(since, until)[month] : undefined;
  return {
    since: writeInstant(since, form),
    until: writeInstant(until, form),
    page: String((counted?.first ?? 0) + pages),
    offset: String((counted?.first ?? 0) + offset),
    size: String(counted?.size ?? 0),
    ...(months && {
      year: String(months.year),
      month: String(months.month).padStart(2, '0'),
      month_name: MONTHS[months.month - 1] ?? '',
    }),
  };
}

function positionAfter(pull: HttpPull, at: Position, page: Page): Position | undefined {
  const pages = at.pages + 1;
  const offset = at.offset + page.records.length;
  const turn = nextTurn(pull.pages, { ...page, pages, offset });
  if (turn) return { ...at, turn, pages, offset };
  const isLastMonth = !pull.byMonth || at.month + 1 >= monthsBetween(at.since, at.until).length;
  return isLastMonth
    ? undefined
    : { ...at, month: at.month + 1, turn: { kind: 'first' }, pages: 0, offset: 0 };
}

/** The same position, or, when the source shows no more of this list, the beginning of a list from the latest record on. */
function anew(
  { since }: HttpPull,
  next: Position | undefined,
  latest: number | undefined,
): Position | undefined {
  const most = since?.beginAnewAfter;
  if (next === undefined || most === undefined || latest === undefined || next.offset < most) return next;
  // Of one moment there may be more than the list shows; it is then for the source to say so.
  return latest > next.since ? firstPosition(latest, next.until) : next;
}

function recordsOf(
  pull: HttpPull,
  { answer, body, secrets }: { answer: Answer; body: string; secrets: Secrets },
): string[] {
  const found = textAt(body, pull.records);
  if ((found === undefined || found === 'null') && pull.mayLack) return [];
  const items = found === undefined ? undefined : itemTexts(found);
  if (items) return items;
  const where =
    pull.records.length === 0 ? 'the answer is no list' : `there is no list at "${pull.records.join('.')}"`;
  const shown = secrets.hide(body.slice(0, 200).replaceAll(/\s+/g, ' '));
  throw unreadable(`(${answer.status}) cannot be read: ${where}. It begins with ${shown}`);
}

async function rowsOf(reading: HttpReading, records: readonly string[]): Promise<readonly string[]> {
  const { lines } = reading.pull;
  if (lines === undefined) return records.map(inOneLine);
  const rows: string[] = [];
  for (const record of records) rows.push(...(await linesOf(reading, lines, record)));
  return rows.map(inOneLine);
}

/** Line ends stand between the tokens of a JSON text only, so that they may go. */
const inOneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ');

function latestOf({ since }: HttpPull, records: readonly string[]): number | undefined {
  const path = since?.field;
  if (path === undefined) return undefined;
  const times = records
    .map((record) => readInstant(scalarOf(textAt(record, path)) ?? ''))
    .filter((at) => at !== undefined);
  return times.length === 0 ? undefined : times.reduce((latest, at) => Math.max(latest, at));
}

function repeats({ url }: Answer, { hide }: Secrets): Fault {
  const { origin, pathname } = new URL(url);
  return new Fault(
    'pages_repeat',
    `${hide(origin + pathname)} leads to the same page again, so the list would never end: look at pages in the feed's file.`,
  );
}
