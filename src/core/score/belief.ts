import type { Pausing } from '../pauses.ts';
import type { Sizes } from './learn.ts';

/** A number of each expected and each actual record. */
export type Sums = { readonly expected: Float64Array; readonly actual: Float64Array };
/** What share of each side's records has a partner at all. */
export type Shares = Sizes;

/** Compared pairs, ordered by expected record. */
type Pairs = { readonly e: Int32Array; readonly a: Int32Array };

/** So many pairs between two pauses: some milliseconds. */
const UNTIL_PAUSE = 65_536;
/** A handful of records does not tell how many have a partner: of so many more, half are held to have one. */
const USUAL_WEIGHT = 24;
const USUAL_SHARE = 0.5;
/** Where rounds begin: most have one. */
const FIRST_SHARE = 0.9;
const ROUNDS = 20;
const LEAST_ROUNDS = 6;
const SETTLED = 1e-5;

/** How likely it is that two records both stand alone, over what share is paired: what a pair has to be worth to be one. */
export const bothAlone = ({ expected, actual }: Shares): number =>
  ((1 - expected) * (1 - actual)) / Math.max(expected, actual);

/**
 * How likely each pair belongs together where every record has at most one partner. Each record tells each of its candidates what
 * else it could do: stand alone, or belong to another, which counts the less the more that other is wanted elsewhere. They tell each
 * other round by round, and how many records have a partner comes out along with it.
 *
 * Source: belief propagation for matchings (Huang and Jebara 2009).
 */
export class Beliefs {
  readonly #pairs: Pairs;
  readonly #sizes: Sizes;
  /** Per record, the likelihoods of all its candidates over those of the pairs here. */
  readonly #more: Sums | undefined;
  /** What each pair adds for its actual record: its likelihood over what else its expected record could do. */
  readonly #toActual: Float64Array;
  readonly #sums: Sums;
  #hasBegun = false;
  #partnered: Shares;

  constructor(pairs: Pairs, sizes: Sizes, more?: Sums) {
    this.#pairs = pairs;
    this.#sizes = sizes;
    this.#more = more;
    this.#toActual = new Float64Array(pairs.e.length);
    this.#sums = {
      expected: new Float64Array(sizes.expected),
      actual: new Float64Array(sizes.actual),
    };
    const most = FIRST_SHARE * Math.min(sizes.expected, sizes.actual);
    this.#partnered = { expected: usual(most, sizes.expected), actual: usual(most, sizes.actual) };
  }

  get partnered(): Shares {
    return this.#partnered;
  }

  /** Per record, what it could do: stand alone, or belong to any of its candidates, as far as these are free. */
  get sums(): Sums {
    return this.#sums;
  }

  /** One round, by the likelihood that each pair has by itself. Returns how far the shares moved. */
  *round(likelihood: Float64Array): Pausing<number> {
    if (!this.#hasBegun) this.#begin(likelihood);
    const { a } = this.#pairs;
    const added = new Float64Array(this.#sizes.actual);
    const prior = this.#prior();
    const alone = 1 - this.#partnered.expected;
    let total = 0;
    yield* this.#eachPair(likelihood, (at, own, sum) => {
      total += own / sum;
      const told = (prior * (likelihood[at] ?? 0)) / Math.max(sum - own, alone);
      this.#toActual[at] = told;
      added[a[at] ?? 0] = (added[a[at] ?? 0] ?? 0) + told;
    });
    this.#takeIn(added);
    const before = this.#partnered;
    this.#partnered = {
      expected: usual(total, this.#sizes.expected),
      actual: usual(total, this.#sizes.actual),
    };
    return Math.max(
      Math.abs(before.expected - this.#partnered.expected),
      Math.abs(before.actual - this.#partnered.actual),
    );
  }

  /** How likely each pair belongs together by what was told so far; those of a record add up to one at most. */
  *probabilities(likelihood: Float64Array): Pausing<Float64Array> {
    const { a } = this.#pairs;
    const probability = new Float64Array(a.length);
    yield* this.#eachPair(likelihood, (at, own, sum) => {
      const told = (this.#toActual[at] ?? 0) / (this.#sums.actual[a[at] ?? 0] ?? 1);
      probability[at] = Math.min(own / sum, told);
    });
    return probability;
  }

  /** As if nobody had anything else to do than a pair. */
  #begin(likelihood: Float64Array): void {
    this.#hasBegun = true;
    const { a } = this.#pairs;
    const added = new Float64Array(this.#sizes.actual);
    const prior = this.#prior();
    for (let at = 0; at < a.length; at += 1) {
      const told = prior * (likelihood[at] ?? 0);
      this.#toActual[at] = told;
      added[a[at] ?? 0] = (added[a[at] ?? 0] ?? 0) + told;
    }
    this.#takeIn(added);
  }

  /** Of each pair what it adds for its expected record, and what that record could do in all. */
  *#eachPair(likelihood: Float64Array, visit: (at: number, own: number, sum: number) => void): Pausing<void> {
    const { e } = this.#pairs;
    const alone = 1 - this.#partnered.expected;
    let pause = UNTIL_PAUSE;
    for (let from = 0, to = 0; from < e.length; from = to) {
      const record = e[from] ?? 0;
      let sum = 0;
      for (to = from; to < e.length && e[to] === record; to += 1) sum += this.#toExpected(likelihood, to);
      sum = alone + sum * (this.#more?.expected[record] ?? 1);
      this.#sums.expected[record] = sum;
      for (let at = from; at < to; at += 1) visit(at, this.#toExpected(likelihood, at), sum);
      if (to < pause) continue;
      pause = to + UNTIL_PAUSE;
      yield;
    }
  }

  /** The likelihood of a pair over what else its actual record could do. */
  #toExpected(likelihood: Float64Array, at: number): number {
    const others = (this.#sums.actual[this.#pairs.a[at] ?? 0] ?? 1) - (this.#toActual[at] ?? 0);
    return (this.#prior() * (likelihood[at] ?? 0)) / Math.max(others, 1 - this.#partnered.actual);
  }

  #takeIn(added: Float64Array): void {
    const { actual } = this.#sums;
    const alone = 1 - this.#partnered.actual;
    for (let record = 0; record < actual.length; record += 1)
      actual[record] = alone + (added[record] ?? 0) * (this.#more?.actual[record] ?? 1);
  }

  #prior(): number {
    return Math.max(this.#partnered.expected, this.#partnered.actual);
  }
}

const usual = (partnered: number, size: number): number =>
  (partnered + USUAL_WEIGHT * USUAL_SHARE) / (size + USUAL_WEIGHT);

/** Tells until it settles: the probability of each pair, what share has a partner, and what each record could do. */
export function* believe(
  { e, a, weight }: Pairs & { readonly weight: Float64Array },
  { sizes, together }: { readonly sizes: Sizes; readonly together: Sums },
): Pausing<{ probability: Float64Array; partnered: Shares; sums: Sums }> {
  const likelihood = weight.map((bits) => 2 ** bits);
  yield;
  const more = {
    expected: over(together.expected, likelihood, e),
    actual: over(together.actual, likelihood, a),
  };
  yield;
  const beliefs = new Beliefs({ e, a }, sizes, more);
  for (let round = 1; round <= ROUNDS; round += 1) {
    const moved = yield* beliefs.round(likelihood);
    if (moved < SETTLED && round >= LEAST_ROUNDS) break;
  }
  const probability = yield* beliefs.probabilities(likelihood);
  const { partnered, sums } = beliefs;
  return {
    probability,
    partnered,
    sums: { expected: floored(sums.expected, 1 - partnered.expected), actual: sums.actual },
  };
}

/** Per record, how much more likely all its candidates are together than those that were kept. */
function over(together: Float64Array, likelihood: Float64Array, records: Int32Array): Float64Array {
  const kept = new Float64Array(together.length);
  for (let at = 0; at < records.length; at += 1)
    kept[records[at] ?? 0] = (kept[records[at] ?? 0] ?? 0) + (likelihood[at] ?? 0);
  return kept.map((sum, record) => (sum > 0 ? Math.max((together[record] ?? 0) / sum, 1) : 1));
}

/** Who has no candidate can stand alone all the same. */
const floored = (sums: Float64Array, alone: number): Float64Array => sums.map((sum) => Math.max(sum, alone));
