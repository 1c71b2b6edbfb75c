import {
  type Alone,
  type Candidate,
  type Document,
  type Explanation,
  type KeptApart,
  shortOf,
  strongestAgainst,
  type Weighing,
} from '../../core/explanation.ts';
import { DEFAULT_TAGS } from '../../core/locale.ts';
import type { Outside } from '../../core/outside.ts';
import type { Unkeyed } from '../../core/unkeyed.ts';
import { inert } from './escape.ts';
import { plainDay, type Writer } from './instants.ts';
import { listOf, moneyFor, moneyOrNone, type Reader } from './reader.ts';

const NAME = 120;
const named = (text: string): string => inert(text, NAME);
const fieldName = (field: string): string => inert(field.replaceAll('_', ' '), NAME);

/** `INV-9 ($112.00, 1 Nov 2026)`: a document as it is told of. */
export function documentWords({ sourceRef, amount, occurredOn }: Document, reader: Reader): string {
  const money = amount === undefined ? [] : [moneyFor(amount, reader)];
  return `${inert(sourceRef, 200)} (${[...money, plainDay(occurredOn, reader)].join(', ')})`;
}

/** Why the records of an exception are matched with each other, in one sentence. */
export function pairedWords(
  { pass, weighing, isSet, fields, byHand }: NonNullable<Explanation['paired']>,
  writer: Writer,
): string {
  const { why } = writer.words;
  if (byHand) return why.byHand({ name: named(byHand.name), at: writer.instant(byHand.at) });
  if (isSet) return why.bySet(named(pass));
  if (!weighing) {
    return why.byKeys({
      pass: named(pass),
      fields: fields.length === 0 ? undefined : fieldsOf(fields, writer),
    });
  }
  return why.weighed({
    pass: named(pass),
    likely: shareWords(weighing.probability, writer),
    ahead: bitsWords(weighing.margin, writer),
  });
}

/** Why a candidate was not taken and what it would take. */
export function whyNotWords({ verdict, weighing }: Candidate, reader: Reader): string {
  const { not } = reader.words.why;
  const likely = shareWords(weighing.probability, reader);
  if (verdict === 'blocked') return blockedWords(weighing, reader);
  if (verdict === 'competition') return not.competition;
  if (verdict === 'ambiguous') return not.ambiguous({ likely });
  if (verdict === 'below') {
    const against = strongestAgainst(weighing);
    return not.below({
      likely,
      weight: bitsWords(weighing.weight, reader),
      against: against && partWords(against, reader),
    });
  }
  return not.suggested({ short: shortWords(weighing, reader) });
}

function shortWords(weighing: Weighing, reader: Reader): string {
  const { not } = reader.words.why;
  const { isUnlikely, isClose } = shortOf(weighing);
  const { probability, margin, needed } = weighing;
  const short = [
    ...(isUnlikely
      ? [not.unlikely({ is: shareWords(probability, reader), needed: percent(needed.probability, reader) })]
      : []),
    ...(isClose
      ? [not.close({ is: bitsWords(Math.max(margin, 0), reader), needed: bitsWords(needed.margin, reader) })]
      : []),
  ];
  return short.length === 0 ? not.nameless : short.join(not.and);
}

function blockedWords({ blocked }: Weighing, reader: Reader): string {
  const { not } = reader.words.why;
  const limits = (blocked?.outside ?? []).map((outside) => outsideWords(outside, reader));
  const said = limits.length === 0 ? not.limits : limits.join(not.and);
  return blocked?.would === 'auto' ? not.wouldPair(said) : not.wouldBeProposed(said);
}

function outsideWords(outside: Outside, reader: Reader): string {
  const { not } = reader.words.why;
  if (outside.limit === 'amount') {
    return not.amountLimit({ allowed: percent(outside.allowed, reader), is: percent(outside.is, reader) });
  }
  if (outside.limit === 'days') return not.daysLimit(outside);
  const both = { expected: named(outside.expected), actual: named(outside.actual) };
  if (outside.limit === 'currency') return not.currencyLimit(both);
  return not.withinLimit({ ...both, field: fieldName(outside.field) });
}

/** What a weight is made of, line by line, ending in the sum. */
export const waterfallWords = (
  weighing: Weighing,
  reader: Reader,
): readonly (readonly [string, string])[] => {
  const { why } = reader.words;
  return [
    [why.prior, signed(weighing.prior, reader)],
    ...weighing.parts.map((part) => [partWords(part, reader), signed(part.bits, reader)] as const),
    [why.together, why.bit(signed(weighing.weight, reader), weighing.weight)],
  ];
};

function partWords({ field, label }: { field: string; label: string }, { words }: Reader): string {
  const levels: Readonly<Record<string, string>> = words.why.levels;
  return `${fieldName(field)}: ${Object.hasOwn(levels, label) ? levels[label] : inert(label, NAME)}`;
}

type Said = {
  readonly [Why in Unkeyed['why']]: (of: Extract<Unkeyed, { why: Why }>, reader: Reader) => string;
};

const refsOf = (refs: readonly string[], reader: Reader): string =>
  listOf(refs.slice(0, 6).map(named), reader);
const fieldsOf = (fields: readonly string[], reader: Reader): string => listOf(fields.map(fieldName), reader);

const KEYS = {
  empty_key: ({ fields }, reader) => reader.words.why.keys.empty_key({ fields: fieldsOf(fields, reader) }),
  nobody: ({ fields }, reader) => reader.words.why.keys.nobody({ fields: fieldsOf(fields, reader) }),
  other_currency: ({ ref, own, other }, { words }) =>
    words.why.keys.other_currency({ ref: named(ref), own: named(own), other: named(other) }),
  other_amount: ({ ref, amount }, reader) =>
    reader.words.why.keys.other_amount({ ref: named(ref), amount: moneyOrNone(amount, reader) }),
  removed: ({ ref }, { words }) => words.why.keys.removed({ ref: named(ref) }),
  left_out: ({ ref }, { words }) => words.why.keys.left_out({ ref: named(ref) }),
  kept_apart: ({ ref }, { words }) => words.why.keys.kept_apart({ ref: named(ref) }),
  later: ({ ref, on }, reader) => reader.words.why.keys.later({ ref: named(ref), on: plainDay(on, reader) }),
  taken: ({ ref, with: others }, reader) =>
    reader.words.why.keys.taken({ ref: named(ref), with: refsOf(others, reader) || '–' }),
  too_far: ({ ref, days, window }, { words }) =>
    words.why.keys.too_far({ ref: named(ref), days, from: window.from, to: window.to }),
  ambiguous_key: ({ expected, actual, of }, { words }) =>
    words.why.keys.ambiguous_key({ expected, actual, of: named(of) }),
  too_many: ({ records, most }, { words }) => words.why.keys.too_many({ records, most }),
  beyond_tolerance: ({ ref, tolerance }, { words }) =>
    words.why.keys.beyond_tolerance({ ref: named(ref), tolerance: inert(tolerance, 200) }),
  no_set: ({ from, most }, { words }) => words.why.keys.no_set({ from, most }),
  several_sets: ({ sets }, { words }) =>
    words.why.keys.several_sets({
      sets: sets.map((set) => set.slice(0, 6).map(named).join(' + ')).join(words.why.setOr),
    }),
  set_wanted: ({ set }, { words }) =>
    words.why.keys.set_wanted({ set: set.slice(0, 6).map(named).join(' + ') }),
  bound_exceeded: ({ from, most }, { words }) => words.why.keys.bound_exceeded({ from, most }),
  next_run: ({ ref }, { words }) => words.why.keys.next_run({ ref: named(ref) }),
} satisfies Said;

/** What passes by keys say of a record that they left alone; those that say the same are named together. */
export function unkeyedLines(keys: readonly Unkeyed[], reader: Reader): string[] {
  const passes = new Map<string, string[]>();
  for (const unkeyed of keys) {
    const say = KEYS[unkeyed.why] as (unkeyed: Unkeyed, reader: Reader) => string;
    const sentence = say(unkeyed, reader);
    passes.set(sentence, [...(passes.get(sentence) ?? []), named(unkeyed.pass)]);
  }
  return [...passes].map(([sentence, names]) => `${names.join(', ')}: ${sentence}`);
}

const SHOWN_NEAR = 3;

/** Where no pass found a candidate: whether any looked, and what is near and without a partner too. */
export function nearbyLines(
  { nearby }: Alone,
  { isWeighed }: Pick<Explanation, 'isWeighed'>,
  reader: Reader,
): string[] {
  const { why } = reader.words;
  const looked = isWeighed ? why.noCandidates : why.unweighed;
  if (nearby.length === 0) return [isWeighed ? looked : `${looked} ${why.nobodyNear}`];
  const near = nearby.slice(0, SHOWN_NEAR).map((document) => documentWords(document, reader));
  return [looked, `${why.nearby} ${near.join('; ')}`];
}

/** Which two documents a person keeps apart, and why. */
export function keptApartWords({ kind, own, other, byName, at, note }: KeptApart, writer: Writer): string {
  const { why, history } = writer.words;
  const said = why[kind === 'never' ? 'never' : 'unmatched']({
    own: inert(own.sourceRef, 200),
    other: inert(other.sourceRef, 200),
    name: named(byName),
    at: writer.instant(at),
  });
  return `${said} ${history.quoted(inert(note, 300))}`;
}

/** `97 % likely`, as it stands in the reader's language. */
export const likelyWords = ({ probability }: Weighing, reader: Reader): string =>
  reader.words.why.likely(shareWords(probability, reader));

/** Near certainty, and near none, are not told in digits that nobody measured. */
function shareWords(share: number, reader: Reader): string {
  const { why } = reader.words;
  if (share >= 0.9995) return why.over(percent(0.999, reader));
  return share < 0.001 ? why.under(percent(0.001, reader)) : percent(share, reader);
}

const percent = (share: number, { locale }: Reader): string =>
  new Intl.NumberFormat(DEFAULT_TAGS[locale], { style: 'percent', maximumSignificantDigits: 3 }).format(
    share,
  );

const tenths = ({ locale }: Reader): Intl.NumberFormat =>
  new Intl.NumberFormat(DEFAULT_TAGS[locale], { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const bitsWords = (value: number, reader: Reader): string =>
  reader.words.why.bit(tenths(reader).format(value).replace('-', '−'), value);

const signed = (value: number, reader: Reader): string =>
  `${value < 0 ? '−' : '+'}${tenths(reader).format(Math.abs(value))}`;
