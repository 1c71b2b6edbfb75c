import { MOST_TOGETHER } from './caps.ts';
import { fits } from './exact-pass.ts';
import { dayNumber } from './expression/day.ts';
import { holdsInGroup } from './expression/evaluate.ts';
import { type MatchRecord, takesPart } from './match.ts';
import { amountOf, keyOf, ownField } from './match-key.ts';
import type { Money } from './money.ts';
import { byDayThenRef } from './record-order.ts';
import { setsThatAddUp } from './score/combine.ts';
import {
  type CombinePass,
  type ExactPass,
  otherSide,
  type Pass,
  type Reconciliation,
  type Window,
} from './spec.ts';
import { factsOf, sumGroup } from './verify.ts';

/** Why a pass that looks for equal keys left a record alone. */
export type Unkeyed = { readonly pass: string } & (
  | { readonly why: 'empty_key'; readonly fields: readonly string[] }
  /** Nothing on the other side has its key. */
  | { readonly why: 'nobody'; readonly fields: readonly string[] }
  | { readonly why: 'other_currency'; readonly ref: string; readonly own: string; readonly other: string }
  | { readonly why: 'other_amount'; readonly ref: string; readonly amount: Money | undefined }
  | { readonly why: 'removed' | 'left_out' | 'kept_apart'; readonly ref: string }
  | { readonly why: 'later'; readonly ref: string; readonly on: string }
  | { readonly why: 'taken'; readonly ref: string; readonly with: readonly string[] }
  | { readonly why: 'too_far'; readonly ref: string; readonly days: number; readonly window: Window }
  /** So many have the key; the pass takes one of a side, or of both. */
  | { readonly why: 'ambiguous_key'; readonly expected: number; readonly actual: number; readonly of: string }
  | { readonly why: 'too_many'; readonly records: number; readonly most: number }
  | { readonly why: 'beyond_tolerance'; readonly ref: string; readonly tolerance: string }
  | { readonly why: 'no_set'; readonly from: number; readonly most: number }
  | { readonly why: 'several_sets'; readonly sets: readonly (readonly string[])[] }
  | { readonly why: 'set_wanted'; readonly set: readonly string[] }
  | { readonly why: 'bound_exceeded'; readonly from: number; readonly most: number }
  /** It is there now, and was not when the last run looked. */
  | { readonly why: 'next_run'; readonly ref: string }
);

/** A record that shares key fields with another one, as it stands now. */
export type Sharer = {
  readonly record: MatchRecord;
  readonly isRemoved: boolean;
  /** By which pass it is matched, and with which others; undefined where it is free. */
  readonly matched: { readonly pass: string; readonly with: readonly string[] } | undefined;
  readonly isKeptApart: boolean;
};

export type Sharing = {
  /** Of both sides, without the record itself. */
  readonly sharers: readonly Sharer[];
  /** The last day that the last run looked at. */
  readonly cutoffOn: string;
};

/**
 * Why a pass by keys left a record alone, as things stand now. Undefined where the pass has nothing to say of it: one that
 * combines looks for what adds up to a record of one side only.
 *
 * Shape: sharers are at least those whose key fields but the amount are those of the record, in any order.
 */
export function whyUnkeyed(
  spec: Reconciliation,
  pass: ExactPass | CombinePass,
  record: MatchRecord,
  { sharers: given, cutoffOn }: Sharing,
): Unkeyed | undefined {
  const sharers = [...given].sort((one, other) => byDayThenRef(one.record, other.record));
  const names = keyNames(pass);
  const own = names[record.side];
  const { amount } = spec[record.side];
  const empty = own.filter((name) => keyOf(record, [name], amount) === undefined);
  const said = { pass: pass.name };
  if (empty.length > 0) return { ...said, why: 'empty_key', fields: empty };
  const facing = sharers.filter(
    (one) => one.record.side !== record.side && isLike(spec, names, record, one.record),
  );
  const [nearest] = facing;
  if (!nearest) return { ...said, why: 'nobody', fields: own };
  const key = keyOf(record, own, amount);
  const hasKey = ({ record: one }: Sharer): boolean =>
    keyOf(one, names[one.side], spec[one.side].amount) === key;
  const same = facing.filter(hasKey);
  if (same.length === 0) return { ...said, ...otherAmount(record, nearest.record) };
  const wasFree = (one: Sharer): boolean => isFree(spec, pass, one, cutoffOn);
  const free = stillFree(same, { wasFree, cutoffOn });
  if (!free.ok) return { ...said, ...free.why };
  const peers = sharers.filter((one) => one.record.side === record.side && hasKey(one) && wasFree(one));
  const found = { record, free: free.value, peers: peers.map((one) => one.record) };
  if (pass.kind === 'exact') return { ...said, ...whyNotExact(spec, pass, found) };
  const why = whyNotCombined(pass, found);
  return why && { ...said, ...why };
}

const keyNames = (pass: ExactPass | CombinePass) => (pass.kind === 'exact' ? pass : pass.within);

/** The key without what stands for the amount, which is told by itself. */
function isLike(
  spec: Reconciliation,
  names: Pick<ExactPass, 'expected' | 'actual'>,
  record: MatchRecord,
  one: MatchRecord,
): boolean {
  return names[record.side].every((name, at) => {
    const other = names[one.side][at] ?? name;
    if (name === spec[record.side].amount && other === spec[one.side].amount) return true;
    return ownField(record, name) === ownField(one, other);
  });
}

type Why = Unkeyed extends infer One ? (One extends Unkeyed ? Omit<One, 'pass'> : never) : never;

function otherAmount(record: MatchRecord, { sourceRef: ref, ...one }: MatchRecord): Why {
  const [own, other] = [record.currency, one.currency];
  if (own !== undefined && other !== undefined && own !== other)
    return { why: 'other_currency', ref, own, other };
  return { why: 'other_amount', ref, amount: amountOf(one) };
}

/** Whether it could be paired when the pass looked: what a later pass took was free then. */
function isFree(
  spec: Reconciliation,
  pass: Pass,
  { record, isRemoved, matched }: Sharer,
  cutoffOn: string,
): boolean {
  if (isRemoved || record.occurredOn > cutoffOn || !takesPart(spec, record)) return false;
  if (matched === undefined) return true;
  const at = (name: string): number => spec.find.findIndex((one) => one.name === name);
  return at(matched.pass) > at(pass.name);
}

type Free = { ok: true; value: MatchRecord[] } | { ok: false; why: Why };
type Looked = { readonly wasFree: (one: Sharer) => boolean; readonly cutoffOn: string };

/** Those that have the key and could be paired; where there are none, why the one that comes closest is not. */
function stillFree(same: readonly Sharer[], { wasFree, cutoffOn }: Looked): Free {
  const value = same.filter((one) => wasFree(one) && !one.isKeptApart);
  if (value.length > 0) return { ok: true, value: value.map(({ record }) => record) };
  const [closest] = [...same.filter(wasFree), ...same.filter(({ matched }) => matched), ...same];
  if (!closest) throw new Error('nobody has the key, which was looked at before');
  const { matched, isRemoved, isKeptApart, record } = closest;
  const { sourceRef: ref, occurredOn: on } = record;
  if (isRemoved) return { ok: false, why: { why: 'removed', ref } };
  if (matched && !wasFree(closest)) return { ok: false, why: { why: 'taken', ref, with: matched.with } };
  if (on > cutoffOn) return { ok: false, why: { why: 'later', ref, on } };
  return { ok: false, why: { why: isKeptApart ? 'kept_apart' : 'left_out', ref } };
}

type Found = {
  readonly record: MatchRecord;
  /** Of the other side. */
  readonly free: readonly MatchRecord[];
  /** Of its own side. */
  readonly peers: readonly MatchRecord[];
};

function whyNotExact(spec: Reconciliation, pass: ExactPass, { record, free, peers }: Found): Why {
  const near = free.filter((one) => isNear(pass.window, record, one));
  const [first] = near;
  if (!first) return tooFar(pass.window, record, free);
  const counts = { [record.side]: peers.length + 1, [otherSide(record.side)]: near.length };
  const { expected = 0, actual = 0 } = counts;
  const of = first.sourceRef;
  if (!fits(pass.cardinality, expected, actual)) return { why: 'ambiguous_key', expected, actual, of };
  if (expected + actual > MOST_TOGETHER)
    return { why: 'too_many', records: expected + actual, most: MOST_TOGETHER };
  const members = [record, ...peers, ...near];
  const sums = sumGroup(members, spec.credits);
  const isTolerable =
    pass.tolerance === undefined ||
    (sums.withoutAmount === 0 && holdsInGroup(pass.tolerance, factsOf({ sums, members })));
  if (!isTolerable) return { why: 'beyond_tolerance', ref: of, tolerance: pass.tolerance?.text ?? '' };
  return { why: 'next_run', ref: of };
}

function lagOf(record: MatchRecord, one: MatchRecord): number {
  const [expected, actual] = record.side === 'expected' ? [record, one] : [one, record];
  return (dayNumber(actual.occurredOn) ?? 0) - (dayNumber(expected.occurredOn) ?? 0);
}

function isNear(window: Window | undefined, record: MatchRecord, one: MatchRecord): boolean {
  const lag = lagOf(record, one);
  return window === undefined || (lag >= window.from && lag <= window.to);
}

function tooFar(window: Window | undefined, record: MatchRecord, free: readonly MatchRecord[]): Why {
  if (window === undefined) throw new Error('without a window nothing is too far');
  const beyond = (one: MatchRecord): number =>
    Math.max(window.from - lagOf(record, one), lagOf(record, one) - window.to);
  const [nearest] = [...free].sort((one, other) => beyond(one) - beyond(other));
  if (!nearest) throw new Error('who is too far was found before');
  return { why: 'too_far', ref: nearest.sourceRef, days: lagOf(record, nearest), window };
}

function whyNotCombined(pass: CombinePass, { record, free }: Found): Why | undefined {
  const lead = pass.cardinality === 'one-to-many' ? 'expected' : 'actual';
  if (record.side !== lead) return undefined;
  const [first] = free;
  const inCurrency = free.filter((one) => one.currency === record.currency && one.amountMinor);
  if (first && inCurrency.length === 0) return otherAmount(record, first);
  const pool = inCurrency.filter((one) => isNear(pass.window, record, one));
  if (pool.length === 0) return tooFar(pass.window, record, inCurrency);
  if (pool.length > pass.pool) return { why: 'bound_exceeded', from: pool.length, most: pass.pool };
  const minor = ({ amountMinor = 0n }: MatchRecord): bigint => amountMinor;
  const sets = setsThatAddUp(minor(record), pool.map(minor), pass.maxItems).map((set) =>
    set.flatMap((at) => pool[at]?.sourceRef ?? []),
  );
  const [only, second] = sets;
  if (only === undefined) return { why: 'no_set', from: pool.length, most: pass.maxItems };
  return second === undefined ? { why: 'set_wanted', set: only } : { why: 'several_sets', sets };
}
