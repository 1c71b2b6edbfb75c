/**
 * The word somebody probably meant: the closest of `words` when it is close enough to be worth suggesting, otherwise
 * undefined. Case and surrounding space do not count; of equally close words the first stands.
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const wanted = word.trim().toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of words) {
    const distance = editDistance(wanted, candidate.trim().toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `; did you mean "x"?` when a word is near, otherwise the list of what is possible when it is short. */
export function suggestion(word: string, words: readonly string[]): string {
  const near = nearestWord(word, words);
  if (near !== undefined) return `; did you mean "${near}"?`;
  if (words.length === 0) return '; none is defined';
  if (words.length <= 12) return `; known: ${words.join(', ')}`;
  return '';
}

/** The suggestion as the end of a sentence: a question mark needs no full stop after it. */
export function suggestionEnd(word: string, words: readonly string[]): string {
  const hint = suggestion(word, words);
  return hint.endsWith('?') ? hint : `${hint}.`;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
