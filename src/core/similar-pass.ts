import type { Apart } from './hand-match.ts';
import type { FreeRecord } from './match.ts';
import { amountOf, keyOf, ownField } from './match-key.ts';
import { type Outside, outsideOf } from './outside.ts';
import { byDayThenRef } from './record-order.ts';
import type { GateColumns } from './score/candidates.ts';
import { type Close, closestOf } from './score/closest.ts';
import { compareExact } from './score/compare-exact.ts';
import { compareLag, type Days } from './score/compare-lag.ts';
import { compareMoney } from './score/compare-money.ts';
import { compareReference } from './score/compare-reference.ts';
import { compareText } from './score/compare-text.ts';
import { type Comparer, intern, type Values } from './score/comparer.ts';
import { type CandidateVerdict, judgedAt, pairedOf } from './score/decide.ts';
import type { Learnt } from './score/learn.ts';
import { findSimilar } from './score/similar.ts';
import { partsOf, type Scale } from './score/weigh.ts';
import {
  type Comparison,
  type ComparisonKind,
  type Decide,
  SIDES,
  type Side,
  type SimilarPass,
} from './spec.ts';

/** One line of a waterfall: what of two records agrees how well, and what that is worth in bits. */
export type ExplainedPart = { readonly field: string; readonly label: string; readonly bits: number };

/** Why two records do or do not belong together: the parts add up to the weight. */
export type Explained<R extends FreeRecord = FreeRecord> = {
  readonly expected: R;
  readonly actual: R;
  readonly weight: number;
  /** The weight before anything is compared. */
  readonly prior: number;
  readonly probability: number;
  readonly margin: number;
  readonly verdict: CandidateVerdict;
  readonly parts: readonly ExplainedPart[];
  /** Only of what the limits kept apart: which, and what the pair would be inside them. */
  readonly blocked?: { readonly outside: readonly Outside[]; readonly would: 'auto' | 'suggested' };
};

/** Of a record that stayed alone, one of the candidates that came closest; rank 1 came closest. */
export type Rejected<R extends FreeRecord = FreeRecord> = Explained<R> & {
  readonly side: Side;
  readonly rank: number;
};

/** Made one by one, as they are asked for: a hundred thousand explanations at once are a hundred megabytes. */
export type Made<T> = Iterable<T> & { readonly count: number };

export type SimilarFound<R extends FreeRecord = FreeRecord> = {
  /** What the machine may pair by itself. */
  readonly pairs: Made<Explained<R>>;
  readonly rejected: Made<Rejected<R>>;
  /** What was learnt, per compared field, and how the work went: kept with the run. */
  readonly learnt: {
    readonly fields: readonly (Learnt & { readonly field: string; readonly labels: readonly string[] })[];
    readonly partnered: { readonly expected: number; readonly actual: number };
    readonly compared: number;
    readonly capped: number;
    readonly greedyComponents: number;
  };
};

/** So many rejected candidates are kept per record. */
export const REJECTED_KEPT = 3;
const DAY_MS = 86_400_000;
const MILLION = 1_000_000;

/**
 * Pairs the records of a similar pass, and says for every record left alone what came closest and why it was not taken.
 *
 * Shape: records of both sides that nothing has paired, in any order; the answer does not depend on it.
 */
export function pairSimilar<R extends FreeRecord>(
  pass: SimilarPass,
  records: readonly R[],
  {
    decide,
    amounts,
    apart,
  }: {
    readonly decide: Decide;
    readonly amounts: Readonly<Record<Side, string | undefined>>;
    /** Who is never a candidate of whom. */
    readonly apart: Apart;
  },
): SimilarFound<R> {
  const sides = {
    expected: ofSide(records, 'expected'),
    actual: ofSide(records, 'actual'),
  };
  const days = { expected: daysOf(sides.expected), actual: daysOf(sides.actual) };
  const comparers = pass.compare.map((comparison) => COMPARERS[comparison.kind](sides, comparison, days));
  const found = findSimilar({
    comparers,
    columns: columnsOf(pass, sides, { amounts, days }),
    gates: {
      amount: pass.gates.amountPpm === undefined ? undefined : pass.gates.amountPpm / MILLION,
      days: pass.gates.days,
    },
    sizes: { expected: sides.expected.length, actual: sides.actual.length },
    thresholds: {
      auto: { probability: decide.auto.probabilityPpm / MILLION, marginBits: decide.auto.marginBits },
      suggest: { probability: decide.suggest.probabilityPpm / MILLION },
    },
    needsIdentity: decide.auto.needReference,
    apart: apartAt(sides, apart),
  });
  const explain = explainer(pass, sides, found.scale);
  const { judgement } = found;
  const rejected = SIDES.flatMap((side) => {
    const of = {
      side: side === 'expected' ? 'e' : 'a',
      size: sides[side].length,
      most: REJECTED_KEPT,
    } as const;
    return closestOf(judgement, found.blocked, of).map((close) => ({ ...close, side }));
  });
  return {
    pairs: made(pairedOf(judgement), (at) => explain(judgedAt(judgement, at))),
    rejected: made(rejected, ({ pair, side, rank }) => ({ ...explain(pair), side, rank })),
    learnt: {
      fields: pass.compare.map((comparison, at) => ({
        field: fieldName(comparison),
        labels: comparers[at]?.labels ?? [],
        matched: found.scale.learnt[at]?.matched ?? [],
        random: found.scale.learnt[at]?.random ?? [],
      })),
      partnered: judgement.partnered,
      compared: found.compared,
      capped: found.capped,
      greedyComponents: judgement.greedyComponents,
    },
  };
}

const made = <From, T>(from: readonly From[], make: (one: From) => T): Made<T> => ({
  count: from.length,
  *[Symbol.iterator]() {
    for (const one of from) yield make(one);
  },
});

type Sides<R extends FreeRecord = FreeRecord> = Readonly<Record<Side, readonly R[]>>;

/** The fields that a pass reads of a record, beside its amount and its day. */
export const fieldsRead = ({ compare, within }: SimilarPass): ReadonlySet<string> =>
  new Set([...SIDES.flatMap((side) => [...compare.map((one) => one[side]), ...within[side]])]);

/** In the order that learning and ties are decided in. */
const ofSide = <R extends FreeRecord>(records: readonly R[], side: Side): R[] =>
  records.filter((record) => record.side === side).sort(byDayThenRef);

/** Days since the epoch; of many records few days are different ones. */
function daysOf(records: readonly FreeRecord[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(records, ({ occurredOn }) => {
    const day = known.get(occurredOn) ?? Date.parse(`${occurredOn}T00:00:00Z`) / DAY_MS;
    known.set(occurredOn, day);
    return day;
  });
}

const valuesOf = (sides: Sides, comparison: Comparison): Values => ({
  expected: sides.expected.map((record) => ownField(record, comparison.expected)),
  actual: sides.actual.map((record) => ownField(record, comparison.actual)),
});

const text = (sides: Sides, comparison: Comparison): Comparer => compareText(valuesOf(sides, comparison));

const COMPARERS = {
  text,
  name: text,
  reference: (sides, comparison) => compareReference(valuesOf(sides, comparison)),
  exact: (sides, comparison) => compareExact(valuesOf(sides, comparison)),
  money: (sides) =>
    compareMoney({ expected: sides.expected.map(amountOf), actual: sides.actual.map(amountOf) }),
  lag: (_sides, _comparison, days) => compareLag(days),
} as const satisfies Record<ComparisonKind, (sides: Sides, comparison: Comparison, days: Days) => Comparer>;

function columnsOf(
  { within }: SimilarPass,
  sides: Sides,
  { amounts, days }: { amounts: Readonly<Record<Side, string | undefined>>; days: Days },
): GateColumns {
  // A record without the value is like no other: it is compared with nothing.
  const groupOf = (side: Side) => (record: FreeRecord) =>
    keyOf(record, within[side], amounts[side]) ?? `\u0000${record.recordId}`;
  const amount = (side: Side) =>
    Float64Array.from(sides[side], ({ amountMinor }) => Number(amountMinor ?? 0n));
  return {
    within: SIDES.every((side) => within[side].length === 0)
      ? undefined
      : intern({
          expected: sides.expected.map(groupOf('expected')),
          actual: sides.actual.map(groupOf('actual')),
        }),
    amount: { expected: amount('expected'), actual: amount('actual') },
    day: days,
  };
}

/** Who is kept apart from whom, by position; who is not here is left out. */
function apartAt({ expected, actual }: Sides, apart: Apart): ReadonlyMap<number, ReadonlySet<number>> {
  if (apart.size === 0) return new Map();
  const places = new Map(actual.map(({ recordId }, a) => [recordId, a]));
  return new Map(
    expected.flatMap(({ recordId }, e) => {
      const others = apart.get(recordId);
      if (!others) return [];
      return [[e, new Set([...others].flatMap((other) => places.get(other) ?? []))] as const];
    }),
  );
}

const fieldName = ({ expected, actual }: Comparison): string =>
  expected === actual ? expected : `${expected} = ${actual}`;

function explainer<R extends FreeRecord>(
  pass: SimilarPass,
  sides: Sides<R>,
  scale: Scale,
): (pair: Close['pair']) => Explained<R> {
  return ({ e, a, weight, probability, margin, verdict, ...rest }) => {
    const [expected, actual] = [sides.expected[e], sides.actual[a]];
    if (!expected || !actual) throw new Error(`pair ${e} ${a} names no records`);
    const parts = partsOf(scale, e, a).map(({ level, bits }, at) => ({
      field: pass.compare[at] ? fieldName(pass.compare[at]) : '',
      label: scale.comparers[at]?.labels[level] ?? '',
      bits,
    }));
    const explained = { expected, actual, weight, prior: scale.prior, probability, margin, verdict, parts };
    if (!('would' in rest)) return explained;
    return { ...explained, blocked: { outside: outsideOf(pass, expected, actual), would: rest.would } };
  };
}
