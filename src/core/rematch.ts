import { type ExceptedGroup, type ExceptionDraft, fromGroup, fromMissing, isDue } from './classify.ts';
import { type RatedGroup, type Rates, rateGroup } from './fx.ts';
import { BY_HAND } from './hand-match.ts';
import type { MatchGroup, MatchRecord } from './match.ts';
import { otherSide, type Reconciliation } from './spec.ts';
import { decideGroup, type GroupDecision, type GroupSums, sumGroup } from './verify.ts';

/** What a person's decision leaves: groups as they are from now on, and records that are in none any more. */
export type Rearranged = {
  readonly groups: readonly MatchGroup[];
  readonly alone: readonly MatchRecord[];
};

/** A group with its sums and what the rules say of it. */
export type DecidedGroup = MatchGroup & {
  readonly sums: GroupSums;
  readonly rated: RatedGroup | undefined;
  readonly decision: GroupDecision;
};

/**
 * What follows from rearranging a few records: what the rules say of their groups, and what is to be raised, as a run up
 * to the cut-off would.
 */
export function decideRearranged(
  spec: Reconciliation,
  { groups, alone }: Rearranged,
  { cutoffOn, rates }: { readonly cutoffOn: string; readonly rates: Rates },
): { readonly groups: DecidedGroup[]; readonly drafts: ExceptionDraft[] } {
  const decided = groups.map((group): DecidedGroup => {
    const summed = sumGroup(group.members, spec.credits);
    const rated = rateGroup(spec, rates, { sums: summed, members: group.members });
    const sums = rated?.sums ?? summed;
    const decision = decideGroup(spec, { sums, members: group.members, unrated: rated?.unrated });
    return { ...group, sums, rated, decision };
  });
  const excepted = decided.filter(isExcepted).map((group) => fromGroup(spec, group));
  const missing = alone.flatMap((record) => {
    const rule = spec.missing[otherSide(record.side)];
    return rule && isDue(record, rule, cutoffOn) ? [fromMissing(spec, { rule, cutoffOn }, record)] : [];
  });
  return { groups: decided, drafts: [...excepted, ...missing] };
}

const isExcepted = (group: DecidedGroup): group is DecidedGroup & ExceptedGroup =>
  group.decision.outcome === 'excepted';

/**
 * What is left of groups that `together` leave: those with both sides go on without them, the others fall apart, and so
 * does what another person had matched, for that was about all of it.
 */
export function rearrange(
  before: readonly MatchGroup[],
  together: readonly MatchRecord[],
): { readonly lessened: MatchGroup[]; readonly released: MatchRecord[] } {
  const gone = new Set(together.map(({ recordId }) => recordId));
  const lessened: MatchGroup[] = [];
  const released: MatchRecord[] = [];
  for (const group of before) {
    const members = group.members.filter(({ recordId }) => !gone.has(recordId));
    const sides = new Set(members.map(({ side }) => side));
    if (sides.size === 2 && group.pass !== BY_HAND) lessened.push({ ...group, members });
    else released.push(...members);
  }
  return { lessened, released };
}
