import type { MatchGroup, MatchRecord } from './match.ts';
import { ownField } from './match-key.ts';
import { byDayThenRef } from './record-order.ts';
import type { IdentityRule } from './spec.ts';

/** One contact that a source merged into another. */
export type Merge = { readonly from: string; readonly into: string };

/** Other values that a record is to be found by than the ones it was delivered with. */
export type Alias = { readonly record: MatchRecord; readonly fields: Readonly<Record<string, string>> };

/** A value of the other side's field that means the same as another one. */
export type Rename = { readonly field: string; readonly from: string; readonly to: string };

export type Identified = {
  /** Records of contacts that were merged away, with the one that stays for them; they leave matching. */
  readonly gone: readonly MatchGroup[];
  readonly aliases: readonly Alias[];
  readonly renames: readonly Rename[];
};

/**
 * Who each merged contact is now: the last one of its chain. Contacts merged in a circle are the one that sorts first.
 *
 * Shape: merges in any order; a contact merged twice counts as merged into the one that sorts first.
 */
export function survivorsOf(merges: readonly Merge[]): ReadonlyMap<string, string> {
  const next = new Map<string, string>();
  for (const { from, into } of merges) {
    const known = next.get(from);
    if (from !== into && (known === undefined || into < known)) next.set(from, into);
  }
  const last = new Map<string, string>();
  for (const from of next.keys()) follow(from, { next, last });
  return last;
}

/** Keeps of a contact, and of all on the way, who it is now: each is walked once, however long their chain. */
function follow(
  from: string,
  { next, last }: { next: ReadonlyMap<string, string>; last: Map<string, string> },
): void {
  const way = new Set<string>();
  let at = from;
  for (let into = next.get(at); into !== undefined && !last.has(at) && !way.has(at); into = next.get(at)) {
    way.add(at);
    at = into;
  }
  const end = last.get(at) ?? (way.has(at) ? firstOf(next, at) : at);
  for (const one of way) last.set(one, end);
}

/** Of a circle, the one that sorts first. */
function firstOf(next: ReadonlyMap<string, string>, start: string): string {
  let first = start;
  for (let at = next.get(start); at !== undefined && at !== start; at = next.get(at))
    if (at < first) first = at;
  return first;
}

/**
 * What merges mean for the records: those of merged contacts leave, the one that stays is found by every value that any of
 * them had, and the other side's values are read as the one it is found by. A value that somebody else has too stays his.
 *
 * Shape: all records that take part, in any order.
 */
export function identify(
  rule: IdentityRule,
  merges: readonly Merge[],
  records: readonly MatchRecord[],
): Identified {
  const survivors = survivorsOf(merges);
  const own = records.filter(({ side }) => side === rule.side).sort(byDayThenRef);
  const sets = new Map<string, MatchRecord[]>();
  for (const record of own) {
    const id = ownField(record, rule.id) || undefined;
    const who = id && (survivors.get(id) ?? id);
    if (who === undefined) continue;
    const members = sets.get(who);
    if (members) members.push(record);
    else sets.set(who, [record]);
  }
  const found = [...sets].flatMap(([who, members]) => setOf(rule, who, members));
  const holders = holdersOf(rule, own);
  const renamed = found.map((set) => namesOf(rule, set, holders));
  return {
    gone: found.flatMap(({ who, gone }) =>
      gone.length === 0 ? [] : [{ pass: 'identity', key: who, members: gone }],
    ),
    aliases: renamed.flatMap(({ alias }) => (Object.keys(alias.fields).length > 0 ? [alias] : [])),
    renames: [...renamed.flatMap(({ renames }) => renames), ...idRenames(rule, survivors)],
  };
}

/** On the other side, a contact is who it was merged into. */
const idRenames = ({ otherId }: IdentityRule, survivors: ReadonlyMap<string, string>): readonly Rename[] =>
  otherId === undefined ? [] : [...survivors].map(([from, to]) => ({ field: otherId, from, to }));

type MergedSet = {
  readonly who: string;
  readonly keeper: MatchRecord;
  readonly members: readonly MatchRecord[];
  readonly gone: readonly MatchRecord[];
};

/** The records of one person; none where nobody was merged. The contact's own record stays, else the first. */
function setOf(rule: IdentityRule, who: string, members: readonly MatchRecord[]): MergedSet[] {
  const isMerged = (record: MatchRecord): boolean => ownField(record, rule.id) !== who;
  const merged = members.filter(isMerged);
  if (merged.length === 0) return [];
  const keeper = members.find((member) => !isMerged(member)) ?? merged[0];
  if (!keeper) return [];
  return [{ who, keeper, members, gone: merged.filter((member) => member !== keeper) }];
}

/** Which records have a value, per aliased field. */
function holdersOf(rule: IdentityRule, own: readonly MatchRecord[]): Map<string, Set<MatchRecord>> {
  const holders = new Map<string, Set<MatchRecord>>();
  for (const record of own) {
    for (const { own: field } of rule.aliases) {
      const value = ownField(record, field);
      if (!value) continue;
      const key = `${field}\n${value}`;
      holders.set(key, (holders.get(key) ?? new Set()).add(record));
    }
  }
  return holders;
}

/** By what the one that stays is found, and what of the other side is read as that. */
function namesOf(
  rule: IdentityRule,
  { who, keeper, members }: MergedSet,
  holders: ReadonlyMap<string, ReadonlySet<MatchRecord>>,
): { alias: Alias; renames: readonly Rename[] } {
  const fields: Record<string, string> = ownField(keeper, rule.id) === who ? {} : { [rule.id]: who };
  const theirs = new Set(members);
  const renames = rule.aliases.flatMap(({ own, other }) => {
    const isTheirs = (value: string): boolean =>
      [...(holders.get(`${own}\n${value}`) ?? [])].every((holder) => theirs.has(holder));
    const values = [...new Set(members.flatMap((member) => ownField(member, own) || []))].filter(isTheirs);
    const main = ownField(keeper, own) || values[0];
    if (main === undefined) return [];
    if (ownField(keeper, own) !== main) fields[own] = main;
    return values.filter((value) => value !== main).map((from) => ({ field: other, from, to: main }));
  });
  return { alias: { record: keeper, fields }, renames };
}
