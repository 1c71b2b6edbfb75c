import type { Pausing } from '../pauses.ts';
import { Beliefs, type Shares } from './belief.ts';
import type { Comparer } from './comparer.ts';
import type { Edges } from './decide.ts';
import { furthest, LEVELS, type Learnt, levelsOf, type Sizes, smoothed } from './learn.ts';
import type { Scale } from './weigh.ts';

const ROUNDS = 10;
const SETTLED = 1e-3;
/** So often records tell each other who competes, between two lessons. */
const ROUNDS_EACH = 2;
/** So many pairs between two pauses: some milliseconds. */
const UNTIL_PAUSE = 16_384;

/** What was learnt; by it, what the pairs weigh, and what share of the records has a partner. */
type Relearnt = {
  readonly learnt: readonly Learnt[];
  readonly weight: Float64Array;
  readonly partnered: Shares;
};

/** What each weighed pair shows: the number of its pattern, and per pattern the level of each field. */
type Shown = { readonly of: Int32Array; readonly patterns: readonly (readonly number[])[] };

/**
 * What agreement is worth, learnt again from who belongs together now that all candidates of a record compete for it. Where a price,
 * a client or a product is shared by hundreds, next to none of the pairs that share it belong together, and learning from each
 * pair by itself takes what is merely near for the same: of 9,700 subscriptions at eight prices it held 75 % to be of another
 * client than who paid (2026-12-01). Only one of a record's candidates can be its partner, and that tells them apart.
 *
 * Shape: the likeliest pairs of each record, as the scale weighs them. What the limits let no pair show keeps what it was held for.
 */
export function* relearn(edges: Edges, { scale, sizes }: { scale: Scale; sizes: Sizes }): Pausing<Relearnt> {
  const { comparers } = scale;
  const shown = yield* shownBy(edges, comparers);
  const weight = edges.weight.slice();
  const beliefs = new Beliefs(edges, sizes);
  let learnt: readonly Learnt[] = scale.learnt;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = lessonOf(scale, shown, yield* belonging(weight, { shown, beliefs }));
    yield;
    const worth = worthMore(shown, learnt, next);
    for (let at = 0; at < weight.length; at += 1)
      weight[at] = (weight[at] ?? 0) + (worth[shown.of[at] ?? 0] ?? 0);
    const moved = furthest(
      learnt.map(({ matched }) => matched),
      next.map(({ matched }) => matched),
    );
    learnt = next;
    yield;
    if (moved < SETTLED) break;
  }
  return { learnt, weight, partnered: beliefs.partnered };
}

/** Pairs collapse to the few patterns of levels that they show, numbered as they come. */
function* shownBy({ e, a }: Edges, comparers: readonly Comparer[]): Pausing<Shown> {
  const known = new Map<number, number>();
  const patterns: number[][] = [];
  const of = new Int32Array(e.length);
  for (let at = 0; at < e.length; at += 1) {
    if (at % UNTIL_PAUSE === 0) yield;
    let name = 0;
    for (const { levelOf } of comparers) name = name * LEVELS + levelOf(e[at] ?? 0, a[at] ?? 0);
    const number = known.get(name) ?? patterns.length;
    if (number === patterns.length) {
      known.set(name, number);
      patterns.push(levelsOf(name, comparers.length));
    }
    of[at] = number;
  }
  return { of, patterns };
}

/** How many pairs of each pattern belong together, by their probability where every record has one partner at most. */
function* belonging(
  weight: Float64Array,
  { shown, beliefs }: { shown: Shown; beliefs: Beliefs },
): Pausing<Float64Array> {
  const likelihood = weight.map((bits) => 2 ** bits);
  for (let round = 0; round < ROUNDS_EACH; round += 1) yield* beliefs.round(likelihood);
  const probability = yield* beliefs.probabilities(likelihood);
  const belongs = new Float64Array(shown.patterns.length);
  for (let at = 0; at < probability.length; at += 1) {
    const pattern = shown.of[at] ?? 0;
    belongs[pattern] = (belongs[pattern] ?? 0) + (probability[at] ?? 0);
  }
  return belongs;
}

/** How those that belong together spread over the levels of each field. */
function lessonOf({ comparers, learnt }: Scale, { patterns }: Shown, belongs: Float64Array): Learnt[] {
  return comparers.map(({ usual, labels, limitedBy }, field) => {
    const { matched, random } = learnt[field] ?? { matched: [], random: [] };
    const counts = new Array<number>(labels.length).fill(0);
    const isShown = new Array<boolean>(labels.length).fill(limitedBy === undefined);
    for (const [pattern, levels] of patterns.entries()) {
      const level = levels[field] ?? 0;
      counts[level] = (counts[level] ?? 0) + (belongs[pattern] ?? 0);
      isShown[level] = true;
    }
    const beyond = matched.reduce((sum, share, level) => (isShown[level] ? sum : sum + share), 0);
    const within = smoothed(counts, usual.matched).map((share, level) => (isShown[level] ? share : 0));
    const all = within.reduce((sum, share, level) => (level === 0 ? sum : sum + share), 0);
    const spread = within.map((share, level) =>
      isShown[level] && all > 0 ? (share / all) * (1 - beyond) : (matched[level] ?? 0),
    );
    return { matched: spread, random };
  });
}

/** By pattern, how many bits more it is worth than before. */
function worthMore({ patterns }: Shown, before: readonly Learnt[], now: readonly Learnt[]): Float64Array {
  const change = now.map(({ matched }, field) =>
    matched.map((share, level) =>
      level === 0 ? 0 : Math.log2(share / (before[field]?.matched[level] ?? share)),
    ),
  );
  return Float64Array.from(patterns, (levels) =>
    levels.reduce((sum, level, field) => sum + (change[field]?.[level] ?? 0), 0),
  );
}
