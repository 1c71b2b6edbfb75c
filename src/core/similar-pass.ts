import { gateColumns, type Sides, type TextsOf } from './gate-columns.ts';
import type { Apart } from './hand-match.ts';
import type { FreeRecord } from './match.ts';
import { ownField } from './match-key.ts';
import { type Outside, outsideOf } from './outside.ts';
import { type Pausing, straight } from './pauses.ts';
import { daysOf, sizesOf } from './record-columns.ts';
import { inDayThenRef } from './record-order.ts';
import { type Close, closestOf } from './score/closest.ts';
import { TextNumbers } from './score/columns.ts';
import { compareExact } from './score/compare-exact.ts';
import { compareLag, type Days } from './score/compare-lag.ts';
import { type Sizes as AmountSizes, compareMoney } from './score/compare-money.ts';
import { compareReference } from './score/compare-reference.ts';
import { compareText } from './score/compare-text.ts';
import type { Comparer, Texts } from './score/comparer.ts';
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
const MILLION = 1_000_000;

type Given = {
  readonly decide: Decide;
  readonly amounts: Readonly<Record<Side, string | undefined>>;
  /** Who is never a candidate of whom. */
  readonly apart: Apart;
};

/** `pairsOfSimilar` without a pause. */
export const pairSimilar = <R extends FreeRecord>(
  pass: SimilarPass,
  records: readonly R[],
  given: Given,
): SimilarFound<R> => straight(pairsOfSimilar(pass, records, given));

/**
 * Pairs the records of a similar pass, and says for every record left alone what came closest and why it was not taken.
 *
 * Shape: records of both sides that nothing has paired, in any order; the answer does not depend on it.
 */
export function* pairsOfSimilar<R extends FreeRecord>(
  pass: SimilarPass,
  records: readonly R[],
  { decide, amounts, apart }: Given,
): Pausing<SimilarFound<R>> {
  const { sides, textsOf } = yield* inOrder(pass, records);
  const days = { expected: daysOf(sides.expected), actual: daysOf(sides.actual) };
  const sizes = { expected: sizesOf(sides.expected), actual: sizesOf(sides.actual) };
  const comparers: Comparer[] = [];
  for (const comparison of pass.compare) {
    yield;
    comparers.push(COMPARERS[comparison.kind]({ sides, days, sizes, texts: () => textsOf(comparison) }));
  }
  yield;
  const columns = gateColumns(pass, sides, { amounts, days, sizes, textsOf });
  yield;
  const found = yield* findSimilar({
    comparers,
    columns,
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
  const closest = SIDES.map((side) => {
    const of = {
      side: side === 'expected' ? 'e' : 'a',
      size: sides[side].length,
      most: REJECTED_KEPT,
    } as const;
    return { side, close: closestOf(judgement, found.blocked, of) };
  });
  return {
    pairs: made(pairedOf(judgement), (at) => explain(judgedAt(judgement, at))),
    rejected: {
      count: closest.reduce((sum, { close }) => sum + close.count, 0),
      *[Symbol.iterator]() {
        for (const { side, close } of closest)
          for (const { pair, rank } of close) yield { ...explain(pair), side, rank };
      },
    },
    learnt: {
      fields: pass.compare.map((comparison, at) => ({
        field: fieldName(comparison),
        labels: comparers[at]?.labels ?? [],
        matched: found.scale.learnt[at]?.matched ?? [],
        random: found.scale.learnt[at]?.random ?? [],
        shared: found.scale.learnt[at]?.shared,
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

/** The fields that a pass reads of a record, beside its amount and its day. */
export const fieldsRead = ({ compare, within }: SimilarPass): ReadonlySet<string> =>
  new Set([...SIDES.flatMap((side) => [...compare.map((one) => one[side]), ...within[side]])]);

/** In the order that learning and ties are decided in: the records, and what any two fields of them say. */
function* inOrder<R extends FreeRecord>(
  pass: SimilarPass,
  records: readonly R[],
): Pausing<{ readonly sides: Sides<R>; readonly textsOf: TextsOf }> {
  const numbers = new TextNumbers();
  const ofSide = function* (side: Side) {
    const given = records.filter((record) => record.side === side);
    const order = inDayThenRef(given);
    yield;
    const fields = new Set([...textFields(pass, side), ...pass.within[side]]);
    const columns = numbers.columnsOf(given, { order, fields, readAs: ownField });
    return { columns, records: Array.from(order, (at) => given[at] as R) };
  };
  const expected = yield* ofSide('expected');
  yield;
  const actual = yield* ofSide('actual');
  yield;
  return {
    sides: { expected: expected.records, actual: actual.records },
    textsOf: (fields) =>
      numbers.between(
        expected.columns.get(fields.expected) ?? NO_COLUMN,
        actual.columns.get(fields.actual) ?? NO_COLUMN,
      ),
  };
}

const NO_COLUMN = new Int32Array(0);

const textFields = ({ compare }: SimilarPass, side: Side): readonly string[] =>
  compare.filter(({ kind }) => kind !== 'money' && kind !== 'lag').map((one) => one[side]);

type Compared = {
  readonly sides: Sides;
  readonly days: Days;
  readonly sizes: AmountSizes;
  readonly texts: () => Texts;
};

const text = ({ texts }: Compared): Comparer => compareText(texts());

const COMPARERS = {
  text,
  name: text,
  reference: ({ texts }) => compareReference(texts()),
  exact: ({ texts }) => compareExact(texts()),
  money: ({ sides, sizes }) => compareMoney(sides, sizes),
  lag: ({ days }) => compareLag(days),
} as const satisfies Record<ComparisonKind, (compared: Compared) => Comparer>;

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
