import type { CanonicalRow } from '../../core/row.ts';

/** What accepted rows had that somebody should look at. */
export type Noticed = {
  /** The first line of each field that mixes look-alike alphabets. */
  readonly lookAlikes: Map<string, number>;
  /** How often each word stood in a field whose map does not know it. */
  readonly unmapped: Map<string, Map<string, number>>;
};

export const newNoticed = (): Noticed => ({ lookAlikes: new Map(), unmapped: new Map() });

/** More different words are no vocabulary; what comes after them is counted under this. */
const MOST_WORDS = 20;
const OTHERS = '(others)';

export function notice(noticed: Noticed, row: CanonicalRow, line: number): void {
  for (const field of row.lookAlikes) {
    if (!noticed.lookAlikes.has(field)) noticed.lookAlikes.set(field, line);
  }
  for (const { field, text } of row.unmapped) {
    const words = noticed.unmapped.get(field) ?? new Map<string, number>();
    noticed.unmapped.set(field, words);
    const word = words.has(text) || words.size < MOST_WORDS ? text : OTHERS;
    words.set(word, (words.get(word) ?? 0) + 1);
  }
}

/** One line per field, to be told with the delivery. */
export const wordsFor = ({ lookAlikes, unmapped }: Noticed): readonly string[] => [
  ...[...lookAlikes].map(
    ([field, line]) =>
      `${field} mixes Latin with look-alike letters (first on line ${line}); it will match nothing`,
  ),
  ...[...unmapped].map(([field, words]) => {
    const listed = [...words].map(([word, count]) => `"${word}" (${count})`).join(', ');
    return `${field} has words that its map does not know, read as its "otherwise": ${listed}; add them to the map`;
  }),
];
