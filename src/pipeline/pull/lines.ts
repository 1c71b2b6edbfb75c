import { Fault } from '../../core/fault.ts';
import { itemTexts, scalarOf, spanAt, textAt } from '../../core/json-text.ts';
import type { HttpPull, Lines, Path } from '../../core/pull.ts';
import { type HttpReading, readJson } from './reading.ts';
import { type Filling, filled, type Turn, toRequest } from './request.ts';
import { nextTurn } from './turn.ts';

/** A document has no more lines than this. */
const MOST_LINE_PAGES = 1_000;

/**
 * The lines of one document, each as `{"document": …, "line": …}`; the document without its list of lines. A list that the
 * source cut short is asked for by itself.
 */
export async function linesOf(
  reading: HttpReading,
  lines: Lines,
  document: string,
): Promise<readonly string[]> {
  const isCut = lines.more !== undefined && textAt(document, lines.more) === 'true';
  const own = itemsAt(document, lines.path);
  const items = isCut ? await wholeList(reading, lines, document) : own;
  const head = without(document, lines.path);
  return items.map((item) => `{"document":${head},"line":${item}}`);
}

/** The items of a list, or of all lists that a way with `[]` leads to. */
function itemsAt(text: string, path: Path): readonly string[] {
  const fork = path.indexOf('[]');
  const items = itemTexts(textAt(text, fork < 0 ? path : path.slice(0, fork)) ?? '[]') ?? [];
  return fork < 0 ? items : items.flatMap((item) => itemsAt(item, path.slice(fork + 1)));
}

function without(document: string, path: Path): string {
  const fork = path.indexOf('[]');
  const span = spanAt(document, fork < 0 ? path : path.slice(0, fork));
  return span ? `${document.slice(0, span.from)}null${document.slice(span.to)}` : document;
}

async function wholeList(
  { pull, asker, secrets }: HttpReading,
  lines: Lines,
  document: string,
): Promise<readonly string[]> {
  if (lines.url === undefined) {
    throw new Fault(
      'lines_cut',
      "The source shows only some lines of a document: say under lines in the feed's file, as url, where they all are.",
    );
  }
  const url = filled(lines.url, { filling: membersOf(document), secrets, encode: encodeURIComponent });
  // The list alone: what the pull asks for besides (since, filters) is about documents.
  const list: HttpPull = { ...pull, url, method: 'GET', query: {}, body: undefined };
  const found: string[] = [];
  let turn: Turn | undefined = { kind: 'first' };
  for (let pages = 1; turn !== undefined && pages <= MOST_LINE_PAGES; pages += 1) {
    const answer = await asker.ask(toRequest(list, { filling: {}, turn, secrets }));
    const body = readJson(answer, secrets);
    const records: readonly string[] = itemTexts(textAt(body, pull.records) ?? '[]') ?? [];
    found.push(...records);
    turn = nextTurn(pull.pages, { answer, body, records, pages, offset: found.length });
  }
  if (turn !== undefined) {
    throw new Fault(
      'lines_cut',
      `A document has lines on more than ${MOST_LINE_PAGES} pages: look at pages in the feed's file.`,
    );
  }
  return found;
}

/** What a document says of itself, by name, as far as it is plain. */
function membersOf(document: string): Filling {
  const names = Object.keys(JSON.parse(document) as object);
  return Object.fromEntries(names.flatMap((name) => [[name, scalarOf(textAt(document, [name])) ?? '']]));
}
