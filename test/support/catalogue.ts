/** One entry of a catalogue: where it stands, and what it says when every blank is filled with its own name. */
export type Entry = { readonly path: string; readonly text: string };

/** How the blanks are filled: each with its name, or counts with one and questions with no. */
export type Filling = 'names' | 'one';

/** Counts, as the catalogue calls them. */
const COUNT = /^(?:count|total|overdue|pages|shown|given|done|failed|refused|hidden|soon|days|dueSoon)$/;
/** Questions that choose between two wordings. */
const QUESTION = /^(?:is|has)[A-Z]/;

function blank(name: string, filling: Filling): unknown {
  if (filling === 'one' && COUNT.test(name)) return 1;
  if (filling === 'one' && QUESTION.test(name)) return false;
  return new Proxy(() => blank(name, filling), {
    get: (_, key) => {
      if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 7 : `⟦${name}⟧`);
      if (key === 'toString') return () => `⟦${name}⟧`;
      return blank(String(key), filling);
    },
  });
}

type Sentence = (...blanks: unknown[]) => string;

/** The parameters' names as they are written; `to` for one that is taken apart. */
function parameters(sentence: Sentence): string[] {
  const list = /^(?:async )?\(?([^=]*?)\)?\s*=>/s.exec(String(sentence))?.[1] ?? '';
  if (list.trim() === '') return [];
  return list.startsWith('{') ? ['to'] : list.split(',').map((name) => name.trim());
}

/** Every entry of a catalogue, or of a part of one. */
export function entriesOf(part: unknown, filling: Filling, path = ''): Entry[] {
  if (typeof part === 'string') return [{ path, text: part }];
  if (typeof part === 'function') {
    const sentence = part as Sentence;
    return [{ path, text: sentence(...parameters(sentence).map((name) => blank(name, filling))) }];
  }
  return Object.entries(part as object).flatMap(([key, inner]) =>
    entriesOf(inner, filling, path === '' ? key : `${path}.${key}`),
  );
}

/** The blanks of a text in alphabetical order, each as often as it stands there. */
const blanksOf = (text: string): string[] => [...text.matchAll(/⟦[^⟧]*⟧/g)].map(([blank]) => blank).sort();

/** Whether a text has words of its own beside its blanks. */
const hasWords = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(/⟦[^⟧]*⟧/g, ''));

/** The entries that say the same as English in words of their own. */
export function untranslated(catalogue: unknown, english: unknown): string[] {
  const said = new Map(entriesOf(english, 'names').map(({ path, text }) => [path, text]));
  return entriesOf(catalogue, 'names')
    .filter(({ path, text }) => hasWords(text) && said.get(path) === text)
    .map(({ path }) => path);
}

/** Every entry with the blanks that it names, each once. */
export const blanksByPath = (catalogue: unknown, filling: Filling): Record<string, string[]> =>
  Object.fromEntries(
    entriesOf(catalogue, filling).map(({ path, text }) => [path, [...new Set(blanksOf(text))]]),
  );

/** A text with a short and ordinary value in every blank. */
const filled = (text: string): string => text.replaceAll(/⟦[^⟧]*⟧/g, 'EX-12345');

/** Entries under a path that are longer than fits there, with an exception's number in every blank. */
export const tooLong = (catalogue: unknown, place: RegExp, limit: number): string[] =>
  entriesOf(catalogue, 'names')
    .filter(({ path, text }) => place.test(path) && filled(text).length > limit)
    .map(({ path, text }) => `${path}: ${filled(text)}`);
