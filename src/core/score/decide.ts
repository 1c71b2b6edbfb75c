import type { Pausing } from '../pauses.ts';
import { assign, type Edge } from './assign.ts';
import { believe, bothAlone, type Shares, type Sums } from './belief.ts';
import { bestWithout, type Tallies } from './tallies.ts';

/** Compared pairs and their weights in bits, side by side: `e[i]` with `a[i]`, ordered by expected, then actual record. */
export type Edges = { readonly e: Int32Array; readonly a: Int32Array; readonly weight: Float64Array };

/** When a machine may decide, and when it should at least say what it thinks. */
export type Thresholds = {
  readonly auto: { readonly probability: number; readonly marginBits: number };
  readonly suggest: { readonly probability: number };
};

/**
 * `auto`: certain enough to act on. `suggested`: likely, for a person to decide. `ambiguous`: another candidate is as
 * good, so no machine decides. `below`: not likely enough. `competition`: the record or the candidate went elsewhere.
 */
export type Verdict = (typeof VERDICTS)[number];
export const VERDICTS = ['auto', 'suggested', 'ambiguous', 'below', 'competition'] as const;

/** `blocked`: outside the limits of the pass, and worth a proposal inside them. */
export type CandidateVerdict = Verdict | 'blocked';

export type Judged = {
  readonly e: number;
  readonly a: number;
  readonly weight: number;
  /** That these two belong together, given everything else that either could belong to. */
  readonly probability: number;
  /** Bits ahead of the next best candidate that either record has. */
  readonly margin: number;
  readonly verdict: Verdict;
  /** Whether the assignment chose the pair; what is chosen and ambiguous is still nobody's but a person's to take. */
  readonly isChosen: boolean;
};

/** What was judged of each edge, side by side with the edges. */
export type Judgement = {
  readonly edges: Edges;
  readonly probability: Float64Array;
  readonly margin: Float64Array;
  /** Position in `VERDICTS`. */
  readonly verdict: Uint8Array;
  readonly isChosen: Uint8Array;
  /** What share of each side's records has a partner at all, as estimated. */
  readonly partnered: Shares;
  /** Per record, what it could do: stand alone, or belong to any of its candidates, as far as these are free. */
  readonly sums: Sums;
  readonly greedyComponents: number;
};

/** Candidates below this are never mentioned: some thousand times less likely than standing alone. */
export const WEIGHT_FLOOR = -12;
/** Less than one bit ahead is as good as level. */
const AMBIGUOUS_BITS = 1;

/**
 * Judges every compared pair: probability among all that either record could belong to, margin, assignment, verdict.
 *
 * Every record has at most one partner, so a rival that is likely somebody else's takes little from a pair's probability, and a
 * pair that is none leaves both of its records alone.
 *
 * Shape: edges above the floor, ordered; one entry per edge.
 */
export function* judge(
  edges: Edges,
  {
    tallies: { together, rivals },
    thresholds,
    mayAuto,
    repeated,
  }: {
    /** Of these edges, and of lighter ones that were not kept. */
    readonly tallies: Tallies;
    readonly thresholds: Thresholds;
    /** Whether a pair agrees in something that can tell who it was. */
    readonly mayAuto: (e: number, a: number) => boolean;
    /** How many bits of its weight say again what another of its fields has said. */
    readonly repeated: (e: number, a: number) => number;
  },
): Pausing<Judgement> {
  const sizes = { expected: together.expected.length, actual: together.actual.length };
  const { probability, partnered, sums } = yield* believe(edges, { sizes, together });
  yield;
  const { isChosen, greedyComponents } = choose(edges, partnered, sizes);
  yield;
  const size = edges.e.length;
  const margin = new Float64Array(size);
  const verdict = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) {
    const e = edges.e[at] ?? 0;
    const a = edges.a[at] ?? 0;
    const weight = edges.weight[at] ?? 0;
    const rival = Math.max(
      WEIGHT_FLOOR,
      bestWithout(rivals.expected, e, a),
      bestWithout(rivals.actual, a, e),
    );
    const chosen = isChosen[at] === 1;
    const taken = chosen && mayAuto(e, a);
    const likely = taken
      ? withoutRepeated(probability[at] ?? 0, { bits: () => repeated(e, a), thresholds })
      : (probability[at] ?? 0);
    probability[at] = likely;
    margin[at] = weight - rival;
    verdict[at] = VERDICTS.indexOf(
      verdictOf(
        { probability: likely, margin: weight - rival, isChosen: chosen, mayAuto: taken },
        thresholds,
      ),
    );
  }
  return { edges, probability, margin, verdict, isChosen, partnered, sums, greedyComponents };
}

/** What was judged of the edge at a position. */
export const judgedAt = (judgement: Judgement, at: number): Judged => ({
  e: judgement.edges.e[at] ?? 0,
  a: judgement.edges.a[at] ?? 0,
  weight: judgement.edges.weight[at] ?? 0,
  probability: judgement.probability[at] ?? 0,
  margin: judgement.margin[at] ?? 0,
  verdict: VERDICTS[judgement.verdict[at] ?? 0] ?? 'below',
  isChosen: judgement.isChosen[at] === 1,
});

const AUTO = VERDICTS.indexOf('auto');

/** Positions of the edges that the machine takes. */
export function pairedOf({ verdict }: Judgement): number[] {
  const paired: number[] = [];
  for (let at = 0; at < verdict.length; at += 1) if (verdict[at] === AUTO) paired.push(at);
  return paired;
}

/** Marks the edges that the assignment takes: what is worth more together than alone. */
function choose(
  { e, a, weight }: Edges,
  partnered: Shares,
  sizes: Sizes,
): { readonly isChosen: Uint8Array; readonly greedyComponents: number } {
  const alone = Math.log2(bothAlone(partnered));
  const isWorth = (at: number): boolean => (weight[at] ?? 0) - alone > 0;
  const times = { e: new Int32Array(sizes.expected), a: new Int32Array(sizes.actual) };
  for (let at = 0; at < e.length; at += 1) {
    if (!isWorth(at)) continue;
    times.e[e[at] ?? 0] = (times.e[e[at] ?? 0] ?? 0) + 1;
    times.a[a[at] ?? 0] = (times.a[a[at] ?? 0] ?? 0) + 1;
  }
  const partnerOf = new Int32Array(sizes.expected).fill(-1);
  const contested: Edge[] = [];
  for (let at = 0; at < e.length; at += 1) {
    if (!isWorth(at)) continue;
    const [one, other] = [e[at] ?? 0, a[at] ?? 0];
    // Most records have one candidate, who has no other: there is nothing to assign.
    if (times.e[one] === 1 && times.a[other] === 1) partnerOf[one] = other;
    else contested.push({ e: one, a: other, gain: (weight[at] ?? 0) - alone });
  }
  const { pairs, greedyComponents } = assign(contested);
  for (const pair of pairs) partnerOf[pair.e] = pair.a;
  const isChosen = new Uint8Array(e.length);
  for (let at = 0; at < e.length; at += 1) isChosen[at] = Number(partnerOf[e[at] ?? -1] === a[at]);
  return { isChosen, greedyComponents };
}

/**
 * The probability by which the machine decides: of what its fields say twice, once. What that takes from a pair that it would take by
 * itself leaves it a suggestion, whatever it takes.
 */
export function withoutRepeated(
  probability: number,
  { bits, thresholds: { auto, suggest } }: { bits: () => number; thresholds: Thresholds },
): number {
  if (probability < auto.probability) return probability;
  const odds = probability / Math.max(1 - probability, Number.EPSILON) / 2 ** bits();
  return Math.max(odds / (1 + odds), Math.min(suggest.probability, probability));
}

/** What is made of a pair by its probability and margin. */
export function verdictOf(
  pair: {
    readonly probability: number;
    readonly margin: number;
    readonly isChosen: boolean;
    readonly mayAuto: boolean;
  },
  { auto, suggest }: Thresholds,
): Verdict {
  if (Math.abs(pair.margin) < AMBIGUOUS_BITS && pair.probability >= suggest.probability / 2)
    return 'ambiguous';
  if (!pair.isChosen) return pair.probability < suggest.probability ? 'below' : 'competition';
  if (pair.mayAuto && pair.probability >= auto.probability && pair.margin >= auto.marginBits) return 'auto';
  return pair.probability >= suggest.probability ? 'suggested' : 'below';
}

type Sizes = { readonly expected: number; readonly actual: number };
