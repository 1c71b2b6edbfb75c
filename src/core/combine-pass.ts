import { dayNumber } from './expression/day.ts';
import type { Apart } from './hand-match.ts';
import type { FreeRecord, MatchGroup } from './match.ts';
import { amountOf, keyOf, keyWith } from './match-key.ts';
import { type Pausing, straight } from './pauses.ts';
import { byDayThenRef } from './record-order.ts';
import { setsThatAddUp } from './score/combine.ts';
import { firstFrom } from './score/key-index.ts';
import { type CombinePass, otherSide, type Reconciliation, type Side } from './spec.ts';

/** Why a record was not put together with several others, as it is told with its exception. */
export type Note = {
  readonly pass: string;
  readonly record: FreeRecord;
  readonly wanted: string;
  readonly found: string;
};

export type Combined<R extends FreeRecord = FreeRecord> = {
  readonly groups: readonly MatchGroup<R>[];
  readonly notes: readonly Note[];
  /** How the search went: kept with the run. */
  readonly tally: {
    readonly combined: number;
    readonly ambiguous: number;
    /** Records with more to choose from than is searched. */
    readonly boundExceeded: number;
    /** How many records add up with what another one, of another key, has to choose from: that is coincidence. */
    readonly byChance: number;
  };
};

type Lead<R extends FreeRecord> = {
  readonly record: R;
  readonly key: string;
  /** How many there are to choose from. */
  readonly choices: number;
  /** Who they are; nobody where they are too many to be searched. */
  readonly pool: readonly R[];
  readonly sets: readonly (readonly R[])[];
};

/** Records of one side and key, by day, with the number of each one's day. */
type Partners<R extends FreeRecord> = { readonly records: readonly R[]; readonly days: Int32Array };

/** So many records between two pauses: some milliseconds. */
const UNTIL_PAUSE = 64;

type Given<R> = { readonly free: readonly R[]; readonly apart: Apart };

/** `setsCombined` without a pause. */
export const combine = <R extends FreeRecord>(
  spec: Reconciliation,
  pass: CombinePass,
  given: Given<R>,
): Combined<R> => straight(setsCombined(spec, pass, given));

/**
 * Puts one record together with the several of the other side that add up to it to the cent, where no other set does.
 *
 * Shape: records that nothing has taken, in any order; the answer does not depend on it. A record that two sets want is
 *        in neither. A search that would be too large is not begun, and says so. Who is kept apart from a record is not
 *        among those it chooses from.
 */
export function* setsCombined<R extends FreeRecord>(
  spec: Reconciliation,
  pass: CombinePass,
  { free, apart }: Given<R>,
): Pausing<Combined<R>> {
  const lead: Side = pass.cardinality === 'one-to-many' ? 'expected' : 'actual';
  const ordered = free.filter((record) => amountOf(record)?.minor).sort(byDayThenRef);
  const partners = groupByKey(
    spec,
    pass,
    ordered.filter(({ side }) => side === otherSide(lead)),
  );
  const strangers = lead === 'expected' ? apart : turned(apart);
  const leads: Lead<R>[] = [];
  for (const [at, record] of ordered.entries()) {
    if (at % UNTIL_PAUSE === 0) yield;
    const key = record.side === lead ? keyIn(spec, pass, record) : undefined;
    if (key === undefined) continue;
    const all = partners.get(`${key}\n${record.currency}`);
    const found = all && choicesOf(pass, record, { all, strangers: strangers.get(record.recordId) });
    if (found?.choices) leads.push({ record, key, ...found, sets: setsFor(pass, record, found.pool) });
  }
  const unique = leads.filter(({ sets }) => sets.length === 1);
  const wanted = new Map<R, number>();
  for (const item of unique.flatMap(({ sets }) => sets[0] ?? []))
    wanted.set(item, (wanted.get(item) ?? 0) + 1);
  const proven = new Set(unique.filter(({ sets }) => sets[0]?.every((item) => wanted.get(item) === 1)));
  const notes = leads.flatMap((one) => (proven.has(one) ? [] : noteOn(pass, one)));
  const exceeded = leads.filter(({ choices }) => choices > pass.pool);
  return {
    groups: [...proven].map(({ record, key, sets }) => ({
      pass: pass.name,
      key: keyWith(key, record),
      members: [record, ...(sets[0] ?? [])],
    })),
    notes,
    tally: {
      combined: proven.size,
      ambiguous: notes.length - exceeded.length,
      boundExceeded: exceeded.length,
      byChance: proven.size === 0 ? 0 : yield* coincidences(pass, leads),
    },
  };
}

const keyIn = (spec: Reconciliation, { within }: CombinePass, record: FreeRecord): string | undefined =>
  keyOf(record, within[record.side], spec[record.side].amount);

/** Shape: `records` in the order of their days. */
function groupByKey<R extends FreeRecord>(
  spec: Reconciliation,
  pass: CombinePass,
  records: readonly R[],
): ReadonlyMap<string, Partners<R>> {
  const groups = new Map<string, R[]>();
  for (const record of records) {
    const key = keyIn(spec, pass, record);
    if (key === undefined) continue;
    const group = groups.get(`${key}\n${record.currency}`);
    if (group) group.push(record);
    else groups.set(`${key}\n${record.currency}`, [record]);
  }
  return new Map(
    [...groups].map(([key, group]) => [key, { records: group, days: Int32Array.from(group, dayOf) }]),
  );
}

const dayOf = ({ occurredOn }: FreeRecord): number => dayNumber(occurredOn) ?? 0;

/**
 * Whom a record chooses from. Of too many only how many they are: named for each of ten thousand records of one client, ten thousand
 * others took four minutes and as many places in memory as they are pairs (2026-11-30).
 */
function choicesOf<R extends FreeRecord>(
  pass: CombinePass,
  record: R,
  { all, strangers }: { all: Partners<R>; strangers: ReadonlySet<string> | undefined },
): Pick<Lead<R>, 'choices' | 'pool'> {
  const { from, to } = nearOnes(pass, record, all.days);
  if (!strangers && to - from > pass.pool) return { choices: to - from, pool: [] };
  const pool = all.records.slice(from, to).filter(({ recordId }) => !strangers?.has(recordId));
  return { choices: pool.length, pool: pool.length > pass.pool ? [] : pool };
}

/** Which of the days, in ascending order, lie in the window of a record's own. */
function nearOnes(
  { window }: CombinePass,
  record: FreeRecord,
  days: Int32Array,
): { from: number; to: number } {
  if (window === undefined) return { from: 0, to: days.length };
  const day = dayOf(record);
  const [first, last] =
    record.side === 'expected' ? [day + window.from, day + window.to] : [day - window.to, day - window.from];
  const all = { from: 0, to: days.length };
  return { from: firstFrom(days, all, first), to: firstFrom(days, all, last + 1) };
}

/** By the others who is kept apart from them. */
function turned(apart: Apart): Apart {
  const others = new Map<string, Set<string>>();
  for (const [one, all] of apart)
    for (const other of all) others.set(other, (others.get(other) ?? new Set()).add(one));
  return others;
}

const minorOf = (record: FreeRecord): bigint => record.amountMinor ?? 0n;

/** At most two sets. */
function setsFor<R extends FreeRecord>(pass: CombinePass, record: R, pool: readonly R[]): Lead<R>['sets'] {
  return setsThatAddUp(minorOf(record), pool.map(minorOf), pass.maxItems).map((set) =>
    set.flatMap((at) => pool[at] ?? []),
  );
}

/**
 * How many records add up with what the next one of another key has to choose from. Measured, since amounts are not spread evenly: among
 * hours at five rates 44 of 471 sets were wrong, where even amounts promised 0.01 (2026-11-30).
 */
function* coincidences(pass: CombinePass, leads: readonly Lead<FreeRecord>[]): Pausing<number> {
  let count = 0;
  for (const [at, { record, key }] of leads.entries()) {
    if (at % UNTIL_PAUSE === 0) yield;
    const other = nextOther(leads, at, { key, currency: record.currency });
    if (other && setsFor(pass, record, other.pool).length > 0) count += 1;
  }
  return count;
}

/** The next that has another key and the same currency, among some that follow. */
function nextOther(
  leads: readonly Lead<FreeRecord>[],
  at: number,
  { key, currency }: { key: string; currency: string | undefined },
): Lead<FreeRecord> | undefined {
  for (let after = 1; after <= Math.min(LOOKED_AT, leads.length - 1); after += 1) {
    const other = leads[(at + after) % leads.length];
    if (other && other.key !== key && other.record.currency === currency) return other;
  }
  return undefined;
}

const LOOKED_AT = 100;

/** Whether coincidence is to be reckoned with: a hundredth of what was taken. */
export const isDoubtful = ({ byChance, combined }: Combined['tally']): boolean =>
  byChance > 1 && byChance * 100 >= combined;

function noteOn(pass: CombinePass, { record, choices, sets }: Lead<FreeRecord>): Note[] {
  const wanted = `one set of up to ${pass.maxItems} that adds up to it`;
  const note = (found: string): Note[] => [{ pass: pass.name, record, wanted, found }];
  if (choices > pass.pool) return note(`${choices} to choose from; more than ${pass.pool} are not searched`);
  const named = sets.map((set) => set.map(({ sourceRef }) => sourceRef).join(' + '));
  if (sets.length > 1) return note(`more than one set: ${named.join(', or ')}`);
  return sets.length === 1 ? note(`${named[0]}, which another record needs too`) : [];
}
