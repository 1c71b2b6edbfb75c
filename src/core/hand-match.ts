import type { MatchGroup, MatchRecord } from './match.ts';
import type { Side } from './spec.ts';

/** The pass that matches made by hand are kept under; no pass of a spec has a space in its name. */
export const BY_HAND = 'by hand';

/** What makes a difference within a match by hand the same exception, whatever its type turns out to be. */
export const handFingerprint = (key: string): string => `matched_by_hand:1:${key}`;

/** A match that a person made: which records, and what they held when the person looked. */
export type HandMatch = {
  /** Its id, which names the group across runs. */
  readonly key: string;
  readonly members: readonly { readonly recordId: string; readonly contentHash: string }[];
};

/**
 * Two records that no machine pairs: `never`, because a person said so; `unmatched`, because a person took them apart, as
 * long as both hold what they held then.
 */
export type NeverPair = {
  readonly kind: 'never' | 'unmatched';
  readonly expectedId: string;
  readonly actualId: string;
  readonly expectedHash: string;
  readonly actualHash: string;
};

/**
 * So many pairs are kept apart by one decision at most. Each is a row, and a person waits for them: 160,000 took 6.4 s (2026-12-01), and a
 * statement that takes five seconds is given up.
 */
export const MOST_APART = 40_000;

/** Everything people decided about pairs of one reconciliation that stands. No record is in two matches. */
export type HandDecisions = {
  readonly matches: readonly HandMatch[];
  readonly never: readonly NeverPair[];
};

type Records = ReadonlyMap<string, MatchRecord>;

/** The matches whose records are all here and hold what they held: planned before anything else. */
export const standingMatches = (matches: readonly HandMatch[], records: Records): MatchGroup[] =>
  groupsWhere(matches, records, ({ members }) =>
    members.every(({ recordId, contentHash }) => records.get(recordId)?.contentHash === contentHash),
  );

/**
 * The matches whose records are all free after every pass, though one of them changed: nothing better is known of them
 * than what the person knew, so they stay together, to be looked at again.
 */
export const lastingMatches = (matches: readonly HandMatch[], free: Records): MatchGroup[] =>
  groupsWhere(matches, free, ({ members }) => members.every(({ recordId }) => free.has(recordId)));

const groupsWhere = (
  matches: readonly HandMatch[],
  records: Records,
  isSo: (match: HandMatch) => boolean,
): MatchGroup[] =>
  matches.filter(isSo).map(({ key, members }) => ({
    pass: BY_HAND,
    key,
    members: members.flatMap(({ recordId }) => records.get(recordId) ?? []),
  }));

/** Of which actual records a machine keeps an expected one apart, by id. */
export type Apart = ReadonlyMap<string, ReadonlySet<string>>;

/** Which records are kept apart at this moment. */
export function apartOf(never: readonly NeverPair[], records: Records): Apart {
  const apart = new Map<string, Set<string>>();
  for (const pair of never) {
    const isAsThen =
      records.get(pair.expectedId)?.contentHash === pair.expectedHash &&
      records.get(pair.actualId)?.contentHash === pair.actualHash;
    if (pair.kind === 'unmatched' && !isAsThen) continue;
    const others = apart.get(pair.expectedId) ?? new Set<string>();
    apart.set(pair.expectedId, others.add(pair.actualId));
  }
  return apart;
}

/**
 * The records that an exact pass sees: where two that are kept apart share a key, those of the side that has more of that
 * key stand aside (of the actual side where both have as many), and the rest goes on without them.
 */
export function withoutAside(
  records: readonly MatchRecord[],
  keyFor: (record: MatchRecord) => string | undefined,
  apart: Apart,
): MatchRecord[] {
  if (apart.size === 0) return [...records];
  const aside = new Set<string>();
  for (const members of byKey(records, keyFor).values()) {
    const [expected, actual] = [ofSide(members, 'expected'), ofSide(members, 'actual')];
    for (const e of expected) {
      for (const a of actual) {
        if (!apart.get(e.recordId)?.has(a.recordId)) continue;
        aside.add(expected.length > actual.length ? e.recordId : a.recordId);
      }
    }
  }
  return records.filter(({ recordId }) => !aside.has(recordId));
}

const ofSide = (members: readonly MatchRecord[], side: Side): MatchRecord[] =>
  members.filter((member) => member.side === side);

function byKey(
  records: readonly MatchRecord[],
  keyFor: (record: MatchRecord) => string | undefined,
): Map<string, MatchRecord[]> {
  const groups = new Map<string, MatchRecord[]>();
  for (const record of records) {
    const key = keyFor(record);
    if (key === undefined) continue;
    const members = groups.get(key);
    if (members) members.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}
