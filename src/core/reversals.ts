import { MOST_TOGETHER } from './caps.ts';
import { holdsForRecord } from './expression/evaluate.ts';
import type { MatchGroup, MatchRecord } from './match.ts';
import { keyOf } from './match-key.ts';
import type { Reconciliation, ReversalRule } from './spec.ts';
import { sumGroup } from './verify.ts';

/**
 * The sets of one reversal rule: the records that reverse, with those of the same side that they name, where together they
 * come to nothing. A reversal of a part, or of something that is not there, stays in matching. The reference model.
 */
export function reversalSets(
  spec: Reconciliation,
  { rule, index }: { rule: ReversalRule; index: number },
  records: readonly MatchRecord[],
): MatchGroup[] {
  const sets = new Map<string, { members: MatchRecord[]; reversing: number }>();
  for (const record of records.filter(({ side }) => side === rule.side)) {
    const isReversal = holdsForRecord(rule.when, record);
    const key = keyOf(record, isReversal ? rule.names : rule.named, spec[rule.side].amount);
    if (key === undefined) continue;
    const set = sets.get(key) ?? { members: [], reversing: 0 };
    set.members.push(record);
    if (isReversal) set.reversing += 1;
    sets.set(key, set);
  }
  return [...sets]
    .filter(
      ([, { members, reversing }]) => reversing > 0 && reversing < members.length && comesToNothing(members),
    )
    .map(([key, { members }]) => ({ pass: 'reversals', key: `${index}|${key}`, members }));
}

function comesToNothing(members: readonly MatchRecord[]): boolean {
  if (members.length > MOST_TOGETHER) return false;
  const { expectedMinor, actualMinor, currency, withoutAmount } = sumGroup(members, undefined);
  if (withoutAmount === members.length) return true;
  return withoutAmount === 0 && currency !== undefined && (expectedMinor ?? actualMinor) === 0n;
}
