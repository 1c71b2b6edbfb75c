import type { Pausing } from '../pauses.ts';
import { bothAlone, type Shares } from './belief.ts';
import { type BlockedPair, findBlocked } from './blocked.ts';
import { eachCandidates, type FieldIndex, type GateColumns, type Gates, indexesOf } from './candidates.ts';
import type { Comparer } from './comparer.ts';
import { type Edges, type Judgement, judge, pairedOf, type Thresholds } from './decide.ts';
import { keptCandidates } from './kept-candidates.ts';
import { anyPairs, type Learnt, learnMatched, learnRandom, speaksFor } from './learn.ts';
import { learnOverlap } from './overlap.ts';
import { relearn } from './relearn.ts';
import { findSessions, insideLimits } from './sessions.ts';
import { repeatedBits, type Scale, weigher } from './weigh.ts';
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
  const scale = yield* learnAgain(input, indexes, { first, edges: likeliest.edges });
  const { edges, tallies, compared, capped } = yield* weighAll({ sizes, each, scale });
  const mayAuto = (e: number, a: number): boolean => !input.needsIdentity || hasIdentity(scale, e, a);
  const repeated = (e: number, a: number): number => repeatedBits(scale, e, a);
  const judgement = yield* judge(edges, { tallies, thresholds: input.thresholds, mayAuto, repeated });
  yield;
  const blocked = findBlocked({
    finder: input,
    judgement,
    tallies,
    thresholds: input.thresholds,
    isAlone: aloneIn(judgement, sizes),
    weigh: weigher(scale),
    mayAuto,
    repeated,
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

/** What agreement is worth, learnt again from who competes for whom; and what of it the fields say twice. */
function* learnAgain(
  input: SimilarInput,
  indexes: readonly FieldIndex[],
  { first, edges }: { first: Scale; edges: Edges },
): Pausing<Scale> {
  const { sizes } = input;
  const { learnt, weight, partnered } = yield* relearn(edges, { scale: first, sizes });
  const scale = { ...first, learnt };
  // Inside a group nearly all is shared, and the prior speaks of all groups.
  if (input.columns.within) return scale;
  const isTogether = likelyTogether({ ...edges, weight }, { scale, sizes, partnered });
  yield;
  return { ...scale, learnt: yield* learnOverlap(input, indexes, { learnt, isTogether }) };
}

/** A function that tells of a pair whether it is the best that either record has, and worth more than standing alone. */
function likelyTogether(
  { e, a, weight }: Edges,
  { scale, sizes, partnered }: { scale: Scale; sizes: SimilarInput['sizes']; partnered: Shares },
): (e: number, a: number) => boolean {
  const weigh = weigher(scale);
  const alone = Math.log2(bothAlone(partnered));
  const best = {
    expected: new Float64Array(sizes.expected).fill(alone),
    actual: new Float64Array(sizes.actual).fill(alone),
  };
  for (let at = 0; at < e.length; at += 1) {
    const [one, other] = [e[at] ?? 0, a[at] ?? 0];
    best.expected[one] = Math.max(best.expected[one] ?? alone, weight[at] ?? 0);
    best.actual[other] = Math.max(best.actual[other] ?? alone, weight[at] ?? 0);
  }
  return (one, other) =>
    weigh(one, other) + ROUNDED >= Math.min(best.expected[one] ?? alone, best.actual[other] ?? alone);
}

/** What a weight may be off by that was changed round by round. */
const ROUNDED = 1e-6;

/** Whether a name or reference of the two speaks for the pair. */
const hasIdentity = ({ comparers, learnt }: Scale, e: number, a: number): boolean =>
  comparers.some((comparer, field) => {
    if (!comparer.isIdentity) return false;
    return speaksFor(learnt[field], comparer.levelOf(e, a));
  });
