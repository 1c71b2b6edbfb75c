import { exceptionLabel } from '../../core/ids.ts';
import { type MatchRecord, takesPart } from '../../core/match.ts';
import type { Refusal, Unpairable } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { type LiveMatch, liveMatchesOf } from './live-matches.sql.ts';
import type { Pairing } from './pair.ts';
import { type RecordNames, recordsOf } from './records-of.sql.ts';
import { type StandingHandMatch, standingHandMatches } from './standing-decisions.sql.ts';
import { standingNever } from './standing-never.sql.ts';

/** Records as a person names them: by id, or as their sources (or their orders) call them. */
export type Named = { readonly with: readonly string[]; readonly named: 'ids' | 'references' };

/** The records that will be together, and what ends with it. */
export type Chosen = {
  readonly members: readonly MatchRecord[];
  /** Those of them that were named. */
  readonly picked: readonly MatchRecord[];
  readonly ended: readonly LiveMatch[];
  readonly endedByHand: readonly StandingHandMatch[];
};

/** Which records a person wants together, unless that cannot be. */
export async function chooseRecords(pairing: Pairing, names: Named): Promise<Result<Chosen, Refusal>> {
  const own = await ownRecords(pairing);
  const found = await namedRecords(pairing, names, own);
  if (!found.ok) return found;
  const picked = found.value;
  const problem = unpairable(pairing, { own, picked });
  if (problem) return refuse({ code: 'unpairable', ...problem });
  const members = [...own.filter(({ side }) => side !== picked[0]?.side), ...picked];
  const recordIds = [...new Set([...own, ...members].map(({ recordId }) => recordId))];
  const scope = { ...scopeOf(pairing), recordIds };
  const byHand = await standingHandMatches(pairing.tx, scope);
  const taken = takenByHand(pairing, { byHand, picked }) ?? (await keptApart(pairing, members));
  if (taken) return refuse(taken);
  return accept({ members, picked, ended: await liveMatchesOf(pairing.tx, scope), endedByHand: byHand });
}

export const scopeOf = ({ input, place }: Pairing) => ({
  workspaceId: input.workspaceId,
  reconciliationId: place.reconciliationId,
});

export const feedsOf = ({ spec }: Pairing) => ({ expected: spec.expected.feed, actual: spec.actual.feed });

/** The records the exception speaks of. */
export const ownRecords = (pairing: Pairing): Promise<MatchRecord[]> =>
  recordsOf(
    pairing.tx,
    { ...scopeOf(pairing), feeds: feedsOf(pairing) },
    { exceptionId: pairing.input.exceptionId },
  );

/** Every record that is named, once each; refuses a name that stands for none, or for several. */
export async function namedRecords(
  pairing: Pairing,
  { with: given, named }: Named,
  own: readonly MatchRecord[],
): Promise<Result<readonly MatchRecord[], Refusal>> {
  const names: RecordNames = named === 'ids' ? { ids: given } : { references: given };
  const found = await recordsOf(pairing.tx, { ...scopeOf(pairing), feeds: feedsOf(pairing) }, names);
  const picked = new Map<string, MatchRecord>();
  for (const name of given) {
    const one = oneNamed(name, found, own);
    if (!one.ok) return one;
    picked.set(one.value.recordId, one.value);
  }
  return picked.size === 0 ? refuse({ code: 'record_unknown', given: '' }) : accept([...picked.values()]);
}

/** A source's own reference goes before an order's; where one names both sides, the side that is missing is meant. */
function oneNamed(
  name: string,
  found: readonly MatchRecord[],
  own: readonly MatchRecord[],
): Result<MatchRecord, Refusal> {
  const exact = found.filter(({ recordId, sourceRef }) => recordId === name || sourceRef === name);
  const all = exact.length > 0 ? exact : found.filter(({ orderRef }) => orderRef === name);
  const sides = new Set(own.map(({ side }) => side));
  const missing = sides.size === 1 ? all.filter(({ side }) => !sides.has(side)) : [];
  const [one, second] = missing.length > 0 ? missing : all;
  if (!one) return refuse({ code: 'record_unknown', given: name });
  return second ? refuse({ code: 'unpairable', given: name, why: 'several' }) : accept(one);
}

/** Records of one side that repeat each other: which of them belongs to what is decided elsewhere. */
export const areRepeats = (own: readonly MatchRecord[]): boolean =>
  own.length > 1 && new Set(own.map(({ side }) => side)).size === 1;

function unpairable(
  { spec, cutoffOn }: Pairing,
  { own, picked }: { own: readonly MatchRecord[]; picked: readonly MatchRecord[] },
): { given: string; why: Unpairable } | undefined {
  const given = picked[0]?.sourceRef ?? '';
  if (areRepeats(own)) return { given, why: 'repeats' };
  const [side, another] = new Set(picked.map((record) => record.side));
  if (another !== undefined) return { given, why: 'both_sides' };
  if (own.every((record) => record.side === side)) return { given, why: 'same_side' };
  const before = own.filter((record) => record.side === side);
  if (areSame(before, picked)) return { given, why: 'together' };
  const later = picked.find(({ occurredOn }) => occurredOn > cutoffOn);
  if (later) return { given: later.sourceRef, why: 'later' };
  const out = picked.find((record) => !takesPart(spec, record));
  return out && { given: out.sourceRef, why: 'left_out' };
}

function areSame(some: readonly MatchRecord[], others: readonly MatchRecord[]): boolean {
  const ids = new Set(some.map(({ recordId }) => recordId));
  return ids.size === others.length && others.every(({ recordId }) => ids.has(recordId));
}

/** What a person matched is not taken away by another decision, unless its records changed since, or it is this one's own. */
function takenByHand(
  { input }: Pairing,
  { byHand, picked }: { byHand: readonly StandingHandMatch[]; picked: readonly MatchRecord[] },
): Refusal | undefined {
  const other = byHand.find(({ exceptionId, isAsThen }) => exceptionId !== input.exceptionId && isAsThen);
  if (!other) return undefined;
  const record = picked.find(({ recordId }) => other.recordIds.includes(recordId));
  const given = record?.sourceRef ?? exceptionLabel(other.number);
  return { code: 'matched_by_hand', given, byName: other.madeBy, number: other.number };
}

/** What was taken apart only is for whoever matches it again to say; what never belongs together has to be lifted first. */
async function keptApart(pairing: Pairing, members: readonly MatchRecord[]): Promise<Refusal | undefined> {
  const recordIds = members.map(({ recordId }) => recordId);
  const all = await standingNever(pairing.tx, { ...scopeOf(pairing), recordIds });
  const never = all.find(({ kind }) => kind === 'never');
  if (!never) return undefined;
  const record = members.find(({ recordId }) => recordId === never.actualId);
  return { code: 'kept_apart', given: record?.sourceRef ?? '', byName: never.saidBy, at: never.saidAt };
}
