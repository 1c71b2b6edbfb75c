import { MOST_TOGETHER } from './caps.ts';
import { combine } from './combine-pass.ts';
import { exactGroups } from './exact-pass.ts';
import { holdsForRecord } from './expression/evaluate.ts';
import {
  type Apart,
  apartOf,
  type HandDecisions,
  lastingMatches,
  standingMatches,
  withoutAside,
} from './hand-match.ts';
import { type Identified, identify, type Merge } from './identity.ts';
import { keyOf, ownField, pairKey } from './match-key.ts';
import { byDayThenRef } from './record-order.ts';
import { reversalSets } from './reversals.ts';
import { pairSimilar } from './similar-pass.ts';
import type { DuplicateRule, Pass, Reconciliation, Side, SimilarPass } from './spec.ts';

/** A canonical record as matching sees it. `fields` holds every field but the amount, as text. */
export type MatchRecord = {
  readonly recordId: string;
  readonly side: Side;
  readonly feed: string;
  readonly sourceRef: string;
  readonly version: number;
  readonly contentHash: string;
  /** Undefined, like its currency, where it has no amount. */
  readonly amountMinor: bigint | undefined;
  readonly currency: string | undefined;
  /** `YYYY-MM-DD` */
  readonly occurredOn: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
};

/** What passes that are not made of SQL look at. */
export type FreeRecord = Omit<MatchRecord, 'feed' | 'version' | 'contentHash' | 'client' | 'orderRef'>;

export type MatchGroup<R extends FreeRecord = MatchRecord> = {
  readonly pass: string;
  readonly key: string;
  readonly members: readonly R[];
};

/** Records of one side that repeat each other; the first one stays in matching, the others left it. */
export type DuplicateSet = {
  readonly rule: number;
  readonly key: string;
  readonly members: readonly MatchRecord[];
};

export type Matching = {
  readonly duplicates: readonly DuplicateSet[];
  readonly groups: readonly MatchGroup[];
  /** Records that the spec's `when` leaves out. */
  readonly ignored: readonly MatchRecord[];
  /** What no pass paired, in source_ref order per side. */
  readonly remainder: readonly MatchRecord[];
};

/**
 * The reference model of matching: slow, obvious, and held equal to the SQL by property test.
 *
 * Shape: records of both sides in any order; the result does not depend on that order. What people matched by hand leaves
 *        first, then duplicates, then each pass sees only what earlier passes left. A record is in at most one group; a
 *        reversal leaves with what it reverses.
 */
export function matchRecords(
  spec: Reconciliation,
  records: readonly MatchRecord[],
  {
    merges = [],
    matches = [],
    never = [],
  }: Partial<HandDecisions> & { readonly merges?: readonly Merge[] } = {},
): Matching {
  const ignored = records.filter((record) => !takesPart(spec, record)).sort(byDayThenRef);
  const delivered = records.filter((record) => takesPart(spec, record)).sort(byDayThenRef);
  const identified = spec.identity && identify(spec.identity, merges, delivered);
  const ordered = identified ? delivered.map((record) => renamed(spec, identified, record)) : delivered;
  const duplicates: DuplicateSet[] = [];
  const gone = new Set<string>();
  const groups: MatchGroup[] = [];
  const take = (found: readonly MatchGroup[]): void => {
    groups.push(...found);
    for (const member of found.flatMap(({ members }) => members)) gone.add(member.recordId);
  };
  const free = (): MatchRecord[] => freeOf({ records: ordered, gone });
  take(identified?.gone ?? []);
  take(standingMatches(matches, byId(free())));
  spec.reversals?.forEach((rule, index) => {
    take(reversalSets(spec, { rule, index }, free()));
  });
  spec.duplicates.forEach((rule, index) => {
    for (const set of duplicateSets(spec, rule, { index, records: ordered, gone })) {
      duplicates.push(set);
      for (const extra of set.members.slice(1)) gone.add(extra.recordId);
    }
  });
  const apart = apartOf(never, byId(ordered));
  for (const pass of spec.find) take(groupsOf(spec, pass, { free: free(), apart }));
  take(lastingMatches(matches, byId(free())));
  const asDelivered = <T extends { readonly members: readonly MatchRecord[] }>(set: T): T => ({
    ...set,
    members: set.members.map(
      (member) => delivered.find(({ recordId }) => recordId === member.recordId) ?? member,
    ),
  });
  return {
    ignored,
    duplicates: duplicates.map(asDelivered),
    groups: groups.map(asDelivered),
    remainder: delivered.filter((record) => !gone.has(record.recordId)),
  };
}

/** The record by the values that it is to be found by. */
function renamed(
  { identity }: Reconciliation,
  { aliases, renames }: Identified,
  record: MatchRecord,
): MatchRecord {
  if (record.side === identity?.side) {
    const alias = aliases.find((one) => one.record.recordId === record.recordId);
    return alias ? { ...record, fields: { ...record.fields, ...alias.fields } } : record;
  }
  const changed = renames.flatMap(({ field, from, to }) =>
    ownField(record, field) === from ? [[field, to]] : [],
  );
  return changed.length === 0
    ? record
    : { ...record, fields: { ...record.fields, ...Object.fromEntries(changed) } };
}

/** Whether the side's `when` lets the record in. */
export function takesPart(spec: Reconciliation, record: MatchRecord): boolean {
  const { when } = spec[record.side];
  return when === undefined || holdsForRecord(when, record);
}

const byId = (records: readonly MatchRecord[]): ReadonlyMap<string, MatchRecord> =>
  new Map(records.map((record) => [record.recordId, record]));

type Pool = { readonly records: readonly MatchRecord[]; readonly gone: ReadonlySet<string> };

function duplicateSets(
  spec: Reconciliation,
  rule: DuplicateRule,
  { index, records, gone }: Pool & { index: number },
): DuplicateSet[] {
  const side = records.filter((record) => record.side === rule.side && !gone.has(record.recordId));
  const byKey = groupBy(side, (record) => keyOf(record, rule.same, spec[rule.side].amount));
  return [...byKey]
    .filter((entry): entry is [string, MatchRecord[]] => entry[0] !== undefined && entry[1].length > 1)
    .filter(([, members]) => members.length <= MOST_TOGETHER)
    .map(([key, members]) => ({ rule: index, key, members }));
}

type Seen = { readonly free: readonly MatchRecord[]; readonly apart: Apart };

function groupsOf(spec: Reconciliation, pass: Pass, { free, apart }: Seen): readonly MatchGroup[] {
  if (pass.kind === 'similar') return similarGroups(spec, pass, { free, apart });
  if (pass.kind === 'combine') return combine(spec, pass, { free, apart }).groups;
  const key = (record: MatchRecord) => keyOf(record, pass[record.side], spec[record.side].amount);
  return exactGroups(spec, pass, withoutAside(free, key, apart));
}

const freeOf = ({ records, gone }: Pool): MatchRecord[] =>
  records.filter((record) => !gone.has(record.recordId));

function similarGroups(spec: Reconciliation, pass: SimilarPass, { free, apart }: Seen): MatchGroup[] {
  const amounts = { expected: spec.expected.amount, actual: spec.actual.amount };
  const { pairs } = pairSimilar(pass, free, { decide: spec.decide, amounts, apart });
  return Array.from(pairs, ({ expected, actual }) => ({
    pass: pass.name,
    key: pairKey(expected, actual),
    members: [expected, actual],
  }));
}

function groupBy<T, K>(items: readonly T[], keyFor: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyFor(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
