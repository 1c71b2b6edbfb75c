import { firstWhere } from '../first-where.ts';
import { chanceAmong, countsOf, once, type Plain } from './comparer.ts';
import { sharedPrefix } from './text.ts';

/**
 * Two functions: how often a record has by chance the same text, and how often one that begins with its first `length` letters and
 * goes on otherwise. Apart, since systems cut off all that they write alike: of a client's ten payments whose memo is cut off, each is
 * cut off for all ten bills, and none of them has the text of a bill.
 */
export function beginningChances({ texts, numberOf, expected, actual, size }: Plain, usual: number) {
  const counts = countsOf({ expected, actual, size });
  const ofActual = countsOf({ expected: new Int32Array(0), actual, size });
  // By code unit, as texts are unless told otherwise: comparing two at a time took longer than sorting and looking them up.
  const sorted = [...texts].sort();
  const order = Int32Array.from(sorted, (text) => numberOf.get(text) ?? 0);
  const placeOf = new Int32Array(order.length);
  for (const [place, text] of order.entries()) placeOf[text] = place;
  // How many records have a text before each place in the order.
  const before = { both: upTo(order, counts), actual: upTo(order, ofActual) };
  const total = before.both[order.length] ?? 0;
  const chanceOf = (
    text: number,
    { from, to, isSame }: { from: number; to: number; isSame: boolean },
  ): number => {
    const both = (before.both[to] ?? 0) - (before.both[from] ?? 0);
    const all = (before.actual[to] ?? 0) - (before.actual[from] ?? 0);
    const same = ofActual[text] ?? 0;
    const share = ((isSame ? same : all - same) + HALF) / (all + 2 * HALF);
    return chanceAmong(both, { total, usual }) * share;
  };
  const shared = Int32Array.from(sorted, (text, place) => sharedPrefix(sorted[place - 1] ?? '', text));
  // Of all texts at once: who begins alike stands together, and a search for each of them costs a hundred times as much.
  const lengths = Math.min(LONGEST_KEPT, Math.floor(KEPT_CHANCES / Math.max(order.length, 1)));
  const chancesOfLength = once(lengths, (length) => {
    const chances = new Float64Array(order.length);
    let from = 0;
    for (let to = 1; to <= order.length; to += 1) {
      if (to < order.length && (shared[to] ?? 0) >= length) continue;
      for (let place = from; place < to; place += 1) {
        const text = order[place] ?? 0;
        chances[text] = chanceOf(text, { from, to, isSame: false });
      }
      from = to;
    }
    return chances;
  });
  const rangeOf = (prefix: string) => ({
    from: firstNotBelow(sorted, prefix),
    to: firstNotBelow(sorted, `${prefix}\uffff`),
  });
  return {
    chanceOfSame: once(order.length, (text) => {
      // Whatever begins with a text stands right behind it.
      const from = placeOf[text] ?? 0;
      const { length } = texts[text] ?? '';
      let to = from + 1;
      while (to < order.length && (shared[to] ?? 0) >= length) to += 1;
      return chanceOf(text, { from, to, isSame: true });
    }),
    chanceOfBeginning: (text: number, length: number): number => {
      if (length < lengths) return chancesOfLength(length)[text] ?? 0;
      return chanceOf(text, { ...rangeOf((texts[text] ?? '').slice(0, length)), isSame: false });
    },
  };
}

/** Of few records either is possible: half of one more goes on alike, and half otherwise. */
const HALF = 0.5;

/** How many records have a text before each place in the order. */
function upTo(order: Int32Array, counts: Int32Array): Int32Array {
  const before = new Int32Array(order.length + 1);
  for (const [place, text] of order.entries()) before[place + 1] = (before[place] ?? 0) + (counts[text] ?? 0);
  return before;
}

/** So many chances are kept, 32 MB: with more, those of long beginnings are looked up each time. */
const KEPT_CHANCES = 4_194_304;
const LONGEST_KEPT = 1_024;

const firstNotBelow = (sorted: readonly string[], bound: string): number =>
  firstWhere(sorted.length, (at) => (sorted[at] ?? '') >= bound);
