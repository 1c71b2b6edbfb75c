import { type Candidates, findCandidates, findSessions, type GateColumns, type Gates } from './candidates.ts';
import type { Comparer } from './comparer.ts';
import { type Judged, judge, type Thresholds, WEIGHT_FLOOR, type Weighed } from './decide.ts';
import { type Learnt, learnMatched, learnRandom } from './learn.ts';
import { type Scale, weigh } from './weigh.ts';

export type SimilarInput = {
  readonly comparers: readonly Comparer[];
  readonly columns: GateColumns;
  readonly gates: Gates;
  readonly sizes: { readonly expected: number; readonly actual: number };
  readonly thresholds: Thresholds;
  /** Whether the machine may only decide where a name or reference agrees. */
  readonly needsIdentity: boolean;
};

export type Similar = {
  readonly judged: readonly Judged[];
  /** Explains any pair: `partsOf(scale, e, a)`. */
  readonly scale: Scale;
  readonly partnered: { readonly expected: number; readonly actual: number };
  readonly compared: number;
  readonly capped: number;
  readonly greedyComponents: number;
};

/**
 * Finds which records probably belong together: what agreement is worth is learnt from the records themselves, then every
 * candidate pair is weighed, and each record gets at most one partner.
 *
 * Shape: records are their indexes, in an order that does not depend on how they were delivered; equal records in an
 *        equal order give an equal answer.
 * Source: Fellegi and Sunter 1969; expectation and maximisation over level patterns (Winkler 1988).
 */
export function findSimilar(input: SimilarInput): Similar {
  const { comparers, sizes } = input;
  const random = learnRandom(comparers, sizes);
  const matched = learnMatched(comparers, random, findSessions(input));
  const learnt: Learnt[] = comparers.map((_, field) => ({
    matched: matched[field] ?? [],
    random: random[field] ?? [],
  }));
  // One partner each among all of the larger side: what two records picked blindly would be worth.
  const scale = { comparers, learnt, prior: -Math.log2(Math.max(sizes.expected, sizes.actual, 1)) };
  const candidates = findCandidates(input);
  const mayAuto = (edge: Weighed): boolean => !input.needsIdentity || hasIdentity(scale, edge);
  const judgement = judge(weighAll(scale, candidates), { sizes, thresholds: input.thresholds, mayAuto });
  return { ...judgement, scale, compared: candidates.pairs, capped: candidates.capped };
}

function weighAll(scale: Scale, candidates: Candidates): Weighed[] {
  const edges: Weighed[] = [];
  for (const [e, list] of candidates.of.entries()) {
    for (const a of list) {
      const weight = weigh(scale, e, a);
      if (weight > WEIGHT_FLOOR) edges.push({ e, a, weight });
    }
  }
  return edges;
}

/** Whether a name or reference of the two speaks for the pair. */
const hasIdentity = ({ comparers, learnt }: Scale, { e, a }: Weighed): boolean =>
  comparers.some((comparer, field) => {
    if (!comparer.isIdentity) return false;
    const level = comparer.levelOf(e, a);
    return level > 0 && (learnt[field]?.matched[level] ?? 0) > (learnt[field]?.random[level] ?? 1);
  });
