import { assign } from './assign.ts';

/** A compared pair and its weight in bits. */
export type Weighed = { readonly e: number; readonly a: number; readonly weight: number };

/** When a machine may decide, and when it should at least say what it thinks. */
export type Thresholds = {
  readonly auto: { readonly probability: number; readonly marginBits: number };
  readonly suggest: { readonly probability: number };
};

/**
 * `auto`: certain enough to act on. `suggested`: likely, for a person to decide. `ambiguous`: another candidate is as
 * good, so no machine decides. `below`: not likely enough. `competition`: the record or the candidate went elsewhere.
 */
export type Verdict = 'auto' | 'suggested' | 'ambiguous' | 'below' | 'competition';

export type Judged = Weighed & {
  /** That these two belong together, given everything else that either could belong to. */
  readonly probability: number;
  /** Bits ahead of the next best candidate that either record has. */
  readonly margin: number;
  readonly verdict: Verdict;
  /** Whether the assignment chose the pair; what is chosen and ambiguous is still nobody's but a person's to take. */
  readonly isChosen: boolean;
};

export type Judgement = {
  readonly judged: readonly Judged[];
  /** What share of each side's records has a partner at all, as estimated. */
  readonly partnered: { readonly expected: number; readonly actual: number };
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
 * Shape: one entry per edge above the floor, ordered by expected, then actual record; the order of input is irrelevant.
 */
export function judge(
  edges: readonly Weighed[],
  {
    sizes,
    thresholds,
    mayAuto,
  }: {
    readonly sizes: { readonly expected: number; readonly actual: number };
    readonly thresholds: Thresholds;
    /** Whether a pair agrees in something that can tell who it was. */
    readonly mayAuto: (edge: Weighed) => boolean;
  },
): Judgement {
  const kept = edges
    .filter(({ weight }) => weight > WEIGHT_FLOOR)
    .sort((one, other) => one.e - other.e || one.a - other.a);
  const { partnered, sums } = estimatePartnered(kept, sizes);
  const alone = Math.log2(1 - Math.min(partnered.expected, partnered.actual));
  const { pairs, greedyComponents } = assign(
    kept.filter(({ weight }) => weight > alone).map(({ e, a, weight }) => ({ e, a, gain: weight - alone })),
  );
  const partnerOf = new Map(pairs.map(({ e, a }) => [e, a]));
  const rivals = rivalsOf(kept);
  const judged = kept.map((edge) => {
    const probability = 2 ** edge.weight / Math.max(sums.expected[edge.e] ?? 1, sums.actual[edge.a] ?? 1);
    const rival = Math.max(
      WEIGHT_FLOOR,
      bestOther(rivals.expected.get(edge.e), edge.a),
      bestOther(rivals.actual.get(edge.a), edge.e),
    );
    const margin = edge.weight - rival;
    const isChosen = partnerOf.get(edge.e) === edge.a;
    const verdict = verdictOf(
      { probability, margin, isChosen, mayAuto: isChosen && mayAuto(edge) },
      thresholds,
    );
    return { ...edge, probability, margin, verdict, isChosen };
  });
  return { judged, partnered, greedyComponents };
}

function verdictOf(
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

type Sums = { readonly expected: Float64Array; readonly actual: Float64Array };

function estimatePartnered(
  edges: readonly Weighed[],
  sizes: { readonly expected: number; readonly actual: number },
): { partnered: { expected: number; actual: number }; sums: Sums } {
  let partnered = { expected: 0.9, actual: 0.9 };
  for (let round = 0; ; round += 1) {
    const sums = sumsOf(edges, sizes, partnered);
    const next = {
      expected: shareWithPartner(sums.expected, partnered.expected),
      actual: shareWithPartner(sums.actual, partnered.actual),
    };
    const moved = Math.max(
      Math.abs(next.expected - partnered.expected),
      Math.abs(next.actual - partnered.actual),
    );
    if (moved < SETTLED || round >= ROUNDS) return { partnered, sums };
    partnered = next;
  }
}

/** Per record: standing alone, and every candidate, as likelihoods on one scale. */
function sumsOf(
  edges: readonly Weighed[],
  sizes: { readonly expected: number; readonly actual: number },
  partnered: { readonly expected: number; readonly actual: number },
): Sums {
  const expected = new Float64Array(sizes.expected).fill(1 - partnered.expected);
  const actual = new Float64Array(sizes.actual).fill(1 - partnered.actual);
  for (const { e, a, weight } of edges) {
    const likelihood = 2 ** weight;
    expected[e] = (expected[e] ?? 0) + likelihood;
    actual[a] = (actual[a] ?? 0) + likelihood;
  }
  return { expected, actual };
}

function shareWithPartner(sums: Float64Array, partnered: number): number {
  if (sums.length === 0) return partnered;
  let total = 0;
  for (const sum of sums) total += 1 - (1 - partnered) / sum;
  return Math.min(Math.max(total / sums.length, 1 - MOST), MOST);
}

type Best = { weight: number; other: number; nextWeight: number };

/** The two best weights that each record has, and with whom the best is. */
function rivalsOf(edges: readonly Weighed[]): {
  readonly expected: ReadonlyMap<number, Best>;
  readonly actual: ReadonlyMap<number, Best>;
} {
  const expected = new Map<number, Best>();
  const actual = new Map<number, Best>();
  for (const { e, a, weight } of edges) {
    note(expected, e, { weight, other: a });
    note(actual, a, { weight, other: e });
  }
  return { expected, actual };
}

function note(bests: Map<number, Best>, record: number, seen: { weight: number; other: number }): void {
  const best = bests.get(record);
  if (!best) bests.set(record, { ...seen, nextWeight: Number.NEGATIVE_INFINITY });
  else if (seen.weight > best.weight) bests.set(record, { ...seen, nextWeight: best.weight });
  else if (seen.weight > best.nextWeight) best.nextWeight = seen.weight;
}

const bestOther = (best: Best | undefined, than: number): number => {
  if (!best) return Number.NEGATIVE_INFINITY;
  return best.other === than ? best.nextWeight : best.weight;
};
