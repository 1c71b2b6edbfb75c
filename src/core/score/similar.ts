import type { Pausing } from '../pauses.ts';
import { type BlockedPair, findBlocked } from './blocked.ts';
import { eachCandidates, type GateColumns, type Gates, indexesOf } from './candidates.ts';
import type { Comparer } from './comparer.ts';
import { type Judgement, judge, pairedOf, type Thresholds } from './decide.ts';
import { keptCandidates } from './kept-candidates.ts';
import { anyPairs, type Learnt, learnMatched, learnRandom } from './learn.ts';
import { relearn } from './relearn.ts';
import { findSessions, insideLimits } from './sessions.ts';
import { type Scale, weigher } from './weigh.ts';
import { TO_LEARN, weighAll } from './weigh-all.ts';

export type SimilarInput = {
  readonly comparers: readonly Comparer[];
  readonly columns: GateColumns;
  readonly gates: Gates;
  readonly sizes: { readonly expected: number; readonly actual: number };
  readonly thresholds: Thresholds;
  /** Whether the machine may only decide where a name or reference agrees. */
  readonly needsIdentity: boolean;
  /** Of which actual records an expected one is never a candidate. */
  readonly apart: ReadonlyMap<number, ReadonlySet<number>>;
};

export type Similar = {
  readonly judgement: Judgement;
  /** What the limits kept apart and would be proposed without them, among records that were left alone. */
  readonly blocked: readonly BlockedPair[];
  /** Explains any pair: `partsOf(scale, e, a)`. */
  readonly scale: Scale;
  readonly compared: number;
  readonly capped: number;
};

/**
 * Finds which records probably belong together: what agreement is worth is learnt from the records themselves, then every
 * candidate pair is weighed, and each record gets at most one partner.
 *
 * Shape: records are their indexes, in an order that does not depend on how they were delivered; equal records in an
 *        equal order give an equal answer.
 * Source: Fellegi and Sunter 1969; expectation and maximisation over level patterns (Winkler 1988).
 */
export function* findSimilar(input: SimilarInput): Pausing<Similar> {
  const { comparers, sizes } = input;
  const indexes = indexesOf(input);
  yield;
  const any = anyPairs(sizes);
  const random = learnRandom(comparers, any);
  yield;
  const inside = insideLimits(input, { random, any });
  yield;
  const sessions = findSessions(input, indexes);
  yield;
  const matched = learnMatched(comparers, inside, sessions);
  yield;
  const learnt: Learnt[] = comparers.map((_, field) => ({
    matched: matched[field] ?? [],
    random: random[field] ?? [],
  }));
  // One partner each among all of the larger side: what two records picked blindly would be worth.
  const first: Scale = { comparers, learnt, prior: -Math.log2(Math.max(sizes.expected, sizes.actual, 1)) };
  const each = keptCandidates((visit) => eachCandidates(input, indexes, { visit }));
  const likeliest = yield* weighAll({ sizes, each, scale: first, ...TO_LEARN });
  const scale = { ...first, learnt: yield* relearn(likeliest.edges, { scale: first, sizes }) };
  const { edges, tallies, compared, capped } = yield* weighAll({ sizes, each, scale });
  const mayAuto = (e: number, a: number): boolean => !input.needsIdentity || hasIdentity(scale, e, a);
  const judgement = judge(edges, { tallies, thresholds: input.thresholds, mayAuto });
  yield;
  const blocked = findBlocked({
    finder: input,
    judgement,
    tallies,
    thresholds: input.thresholds,
    isAlone: aloneIn(judgement, sizes),
    weigh: weigher(scale),
    mayAuto,
  });
  return { judgement, blocked, scale, compared, capped };
}

/** Which records the machine pairs with nobody. */
function aloneIn(judgement: Judgement, sizes: SimilarInput['sizes']) {
  const expected = new Uint8Array(sizes.expected).fill(1);
  const actual = new Uint8Array(sizes.actual).fill(1);
  for (const at of pairedOf(judgement)) {
    expected[judgement.edges.e[at] ?? 0] = 0;
    actual[judgement.edges.a[at] ?? 0] = 0;
  }
  return { expected, actual };
}

/** Whether a name or reference of the two speaks for the pair. */
const hasIdentity = ({ comparers, learnt }: Scale, e: number, a: number): boolean =>
  comparers.some((comparer, field) => {
    if (!comparer.isIdentity) return false;
    const level = comparer.levelOf(e, a);
    return level > 0 && (learnt[field]?.matched[level] ?? 0) > (learnt[field]?.random[level] ?? 1);
  });
