import { assign, type Edge } from './assign.ts';
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
  readonly partnered: { readonly expected: number; readonly actual: number };
  /** Per record, the likelihoods of standing alone and of all its candidates together. */
  readonly sums: { readonly expected: Float64Array; readonly actual: Float64Array };
  readonly greedyComponents: number;
};

/** Candidates below this are never mentioned: some thousand times less likely than standing alone. */
export const WEIGHT_FLOOR = -12;
/** Less than one bit ahead is as good as level. */
const AMBIGUOUS_BITS = 1;
const ROUNDS = 30;
const SETTLED = 1e-5;
const MOST = 0.9999;

/**
 * Judges every compared pair: probability among all that either record could belong to, margin, assignment, verdict.
 *
 * The probability is that of the pair over the sum of the pair, its rivals and standing alone, on the side where that is
 * less; the share of records with a partner is estimated from the same sums until it settles.
 *
 * Shape: edges above the floor, ordered; one entry per edge.
 */
export function judge(
  edges: Edges,
  {
    tallies: { together, rivals },
    thresholds,
    mayAuto,
  }: {
    /** Of these edges, and of lighter ones that were not kept. */
    readonly tallies: Tallies;
    readonly thresholds: Thresholds;
    /** Whether a pair agrees in something that can tell who it was. */
    readonly mayAuto: (e: number, a: number) => boolean;
  },
): Judgement {
  const { partnered, sums } = estimatePartnered(together);
  const sizes = { expected: together.expected.length, actual: together.actual.length };
  const { isChosen, greedyComponents } = choose(edges, partnered, sizes);
  const size = edges.e.length;
  const probability = new Float64Array(size);
  const margin = new Float64Array(size);
  const verdict = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) {
    const e = edges.e[at] ?? 0;
    const a = edges.a[at] ?? 0;
    const weight = edges.weight[at] ?? 0;
    const likely = 2 ** weight / Math.max(sums.expected[e] ?? 1, sums.actual[a] ?? 1);
    const rival = Math.max(
      WEIGHT_FLOOR,
      bestWithout(rivals.expected, e, a),
      bestWithout(rivals.actual, a, e),
    );
    const chosen = isChosen[at] === 1;
    probability[at] = likely;
    margin[at] = weight - rival;
    verdict[at] = VERDICTS.indexOf(
      verdictOf(
        { probability: likely, margin: weight - rival, isChosen: chosen, mayAuto: chosen && mayAuto(e, a) },
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
  const alone = Math.log2(1 - Math.min(partnered.expected, partnered.actual));
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
type Shares = { readonly expected: number; readonly actual: number };
export type Sums = Tallies['together'];

/** What share of each side has a partner, and per record the likelihoods of standing alone and of all its candidates together. */
export function estimatePartnered(together: Sums): { partnered: Shares; sums: Sums } {
  let partnered = { expected: 0.9, actual: 0.9 };
  for (let round = 0; ; round += 1) {
    const next = {
      expected: shareWithPartner(together.expected, partnered.expected),
      actual: shareWithPartner(together.actual, partnered.actual),
    };
    const moved = Math.max(
      Math.abs(next.expected - partnered.expected),
      Math.abs(next.actual - partnered.actual),
    );
    if (moved < SETTLED || round >= ROUNDS) return { partnered, sums: sumsOf(together, partnered) };
    partnered = next;
  }
}

/** The same, where standing alone has what `partnered` leaves. */
const sumsOf = (together: Sums, partnered: Shares): Sums => ({
  expected: together.expected.map((sum) => sum + 1 - partnered.expected),
  actual: together.actual.map((sum) => sum + 1 - partnered.actual),
});

function shareWithPartner(together: Float64Array, partnered: number): number {
  if (together.length === 0) return partnered;
  const alone = 1 - partnered;
  let total = 0;
  for (const sum of together) total += 1 - alone / (sum + alone);
  return Math.min(Math.max(total / together.length, 1 - MOST), MOST);
}
