import { latin } from './latin.ts';

/** Letters and digits in lower case, without accents, one space between words: what text is compared by. */
export function plainWords(text: string): string {
  const begun = text.slice(0, LONGEST);
  // Most texts have no accents, and need no look at all of Unicode.
  if (!PRINTABLE.test(begun))
    return latin(begun)
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim();
  const lower = begun.toLowerCase();
  return PLAIN_WORDS.test(lower) ? lower : lower.replace(/[^a-z0-9]+/g, ' ').trim();
}

/** Letters and digits alone, in upper case: `PO-2026/114` and `po 2026114` are one reference. */
export function plainReference(text: string): string {
  const begun = text.slice(0, LONGEST);
  if (PRINTABLE.test(begun)) return begun.toUpperCase().replace(/[^A-Z0-9]+/g, '');
  return latin(begun)
    .toUpperCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** Of ASCII alone. */
export const PRINTABLE = /^[ -~]*$/;
const PLAIN_WORDS = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** What comes after this in a text is not compared: a memo of 20 kB would cost more than it tells. */
const LONGEST = 400;

/** Names of more words than this are none. */
const MOST_OF_A_NAME = 5;

/** Whether two names have the same words, of which some stand by their first letter alone: `J. Smith` and `Smith, John`. */
export function isSameByInitials(one: string, other: string): boolean {
  const [mine, theirs] = [one.split(' '), other.split(' ')];
  if (mine.length !== theirs.length || mine.length > MOST_OF_A_NAME) return false;
  const rest = mine.filter((word) => {
    const at = theirs.indexOf(word);
    if (at >= 0) theirs.splice(at, 1);
    return at < 0;
  });
  return rest.every((word) => {
    const at = theirs.findIndex(
      (their) => their[0] === word[0] && (their.length === 1) !== (word.length === 1),
    );
    if (at >= 0) theirs.splice(at, 1);
    return at >= 0;
  });
}

/** How many characters two texts begin with alike. */
export function sharedPrefix(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}

/** Which letters and digits a text has, as one number: texts within so many edits differ in at most twice as many. */
export function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

/** In how many letters two texts differ, as far as `lettersOf` tells them apart; never more than they do. */
export function differentLetters(one: number, other: number): number {
  let left = one ^ other;
  let count = 0;
  for (; left !== 0; left &= left - 1) count += 1;
  return count;
}

/**
 * Whether one text becomes the other by at most `limit` insertions, deletions, replacements or swaps of neighbours.
 * Looks only at the diagonal band that the limit allows, so it costs length times limit.
 */
export function isWithinEdits(a: string, b: string, limit: number): boolean {
  if (Math.abs(a.length - b.length) > limit) return false;
  // What both begin with costs no edit and is left out of the table.
  const start = sharedPrefix(a, b);
  const lines = a.length - start;
  const columns = b.length - start;
  const beyond = limit + 1;
  let [before, above, row] = rowsFor(columns + 2);
  for (let j = 0; j <= columns + 1; j += 1) above[j] = Math.min(j, beyond);
  for (let i = 1; i <= lines; i += 1) {
    const from = Math.max(1, i - limit);
    const to = Math.min(columns, i + limit);
    // What lies just outside the band is read once more, by the next row.
    row[from - 1] = from === 1 ? Math.min(i, beyond) : beyond;
    let best = row[from - 1] ?? beyond;
    for (let j = from; j <= to; j += 1) {
      const isSame = a.charCodeAt(start + i - 1) === b.charCodeAt(start + j - 1);
      let cost = (above[j - 1] ?? beyond) + (isSame ? 0 : 1);
      cost = Math.min(cost, (above[j] ?? beyond) + 1, (row[j - 1] ?? beyond) + 1, beyond);
      const isSwapped =
        i > 1 &&
        j > 1 &&
        a.charCodeAt(start + i - 1) === b.charCodeAt(start + j - 2) &&
        a.charCodeAt(start + i - 2) === b.charCodeAt(start + j - 1);
      if (isSwapped) cost = Math.min(cost, (before[j - 2] ?? beyond) + 1);
      row[j] = cost;
      best = Math.min(best, cost);
    }
    row[to + 1] = beyond;
    if (best > limit) return false;
    const free = before;
    before = above;
    above = row;
    row = free;
  }
  return (above[columns] ?? beyond) <= limit;
}

/** Three rows of the table, used again and again: making them anew for every pair costs more than filling them. */
let rows: readonly [Int32Array, Int32Array, Int32Array] = rowsOf(64);

function rowsOf(length: number): readonly [Int32Array, Int32Array, Int32Array] {
  return [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
}

function rowsFor(length: number): readonly [Int32Array, Int32Array, Int32Array] {
  if (rows[0].length < length) rows = rowsOf(length * 2);
  return rows;
}
