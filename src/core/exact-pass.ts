import { LARGEST_SUM, MOST_TOGETHER } from './caps.ts';
import { dayNumber } from './expression/day.ts';
import { holdsInGroup } from './expression/evaluate.ts';
import type { MatchGroup, MatchRecord } from './match.ts';
import { keyOf, keyWith } from './match-key.ts';
import { magnitude } from './money.ts';
import type { Cardinality, ExactPass, Reconciliation, Side } from './spec.ts';
import { factsOf, sumGroup } from './verify.ts';

/** Whether so many records on each side are what the pass may pair. */
export const fits = (cardinality: Cardinality, expected: number, actual: number): boolean => {
  if (expected === 0 || actual === 0) return false;
  const oneExpected = cardinality === 'one-to-one' || cardinality === 'one-to-many';
  const oneActual = cardinality === 'one-to-one' || cardinality === 'many-to-one';
  return (!oneExpected || expected === 1) && (!oneActual || actual === 1);
};

/**
 * The groups of an exact pass over records that nothing has taken: equal keys, so many records a side as the pass says,
 * within its days and its tolerance. The reference model that the SQL is held to.
 */
export function exactGroups(
  spec: Reconciliation,
  pass: ExactPass,
  records: readonly MatchRecord[],
): MatchGroup[] {
  const byKey = new Map<string, MatchRecord[]>();
  for (const record of records) {
    const key = keyOf(record, pass[record.side], spec[record.side].amount);
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), record]);
  }
  const groups = [...byKey].flatMap(([key, members]) =>
    pass.window ? windowed(pass, key, members) : together(pass, key, members),
  );
  return groups.filter((group) => isBearable(group) && isTolerable(spec, pass, group));
}

const ofSide = (members: readonly MatchRecord[], side: Side): MatchRecord[] =>
  members.filter((member) => member.side === side);

function together(pass: ExactPass, key: string, members: readonly MatchRecord[]): MatchGroup[] {
  const [expected, actual] = [ofSide(members, 'expected'), ofSide(members, 'actual')];
  return fits(pass.cardinality, expected.length, actual.length) ? [{ pass: pass.name, key, members }] : [];
}

/**
 * Records of one key belong together when one lies within the other's days. Whoever may be one only must have one
 * partner only: where a record could go to two, neither is guessed, and the key is left to later passes.
 */
function windowed(pass: ExactPass, key: string, members: readonly MatchRecord[]): MatchGroup[] {
  const [expected, actual] = [ofSide(members, 'expected'), ofSide(members, 'actual')];
  const pairs = expected.flatMap((e) => actual.flatMap((a) => (isWithin(pass, e, a) ? [{ e, a }] : [])));
  const lead: Side = pass.cardinality === 'many-to-one' ? 'actual' : 'expected';
  const own = lead === 'expected' ? 'e' : 'a';
  const other = lead === 'expected' ? 'a' : 'e';
  const leads = lead === 'expected' ? expected : actual;
  return leads.flatMap((leader) => {
    const partners = pairs.filter((pair) => pair[own] === leader).map((pair) => pair[other]);
    const areOnlyHis = partners.every(
      (partner) => pairs.filter((pair) => pair[other] === partner).length === 1,
    );
    const isFit = pass.cardinality === 'one-to-one' ? partners.length === 1 : partners.length > 0;
    if (!isFit || !areOnlyHis) return [];
    return [{ pass: pass.name, key: keyWith(key, leader), members: [leader, ...partners] }];
  });
}

function isWithin({ window }: ExactPass, expected: MatchRecord, actual: MatchRecord): boolean {
  const lag = (dayNumber(actual.occurredOn) ?? 0) - (dayNumber(expected.occurredOn) ?? 0);
  return window !== undefined && lag >= window.from && lag <= window.to;
}

/** Whether its records and sums stay within what one group may be. */
function isBearable({ members }: MatchGroup): boolean {
  const { expectedMinor, actualMinor } = sumGroup(members, undefined);
  const sums = [expectedMinor ?? 0n, actualMinor ?? 0n].map(magnitude);
  return members.length <= MOST_TOGETHER && sums.every((sum) => sum <= LARGEST_SUM);
}

function isTolerable(spec: Reconciliation, { tolerance }: ExactPass, { members }: MatchGroup): boolean {
  if (tolerance === undefined) return true;
  const sums = sumGroup(members, spec.credits);
  return sums.withoutAmount === 0 && holdsInGroup(tolerance, factsOf({ sums, members }));
}
