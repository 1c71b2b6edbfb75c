import type { Finding } from '../../core/card.ts';
import {
  type ExceptedGroup,
  type ExceptionDraft,
  fromDuplicates,
  fromGroup,
  fromMissing,
} from '../../core/classify.ts';
import { otherSide, type Reconciliation, type Side } from '../../core/spec.ts';
import { inTurns } from '../../db/in-turns.ts';
import type { Tx } from '../../db/tx.ts';
import { countRemainder } from './count-remainder.sql.ts';
import { duplicateSets } from './duplicate-sets.sql.ts';
import { overdueRemainder } from './overdue-remainder.sql.ts';
import { plannedNotes } from './planned-notes.sql.ts';
import { standMissing } from './stand-missing.sql.ts';
import { waitingSides } from './waiting-sides.sql.ts';

export type Classified = {
  /** Of what no group holds. */
  readonly drafts: ExceptionDraft[];
  readonly left: Left;
};

/** What is unpaired, in records. */
export type Left = {
  /** Not due yet. */
  readonly pending: number;
  /** Of a side whose absence the spec does not raise. */
  readonly unraised: number;
  /** Of what is due, on both sides. */
  readonly unmatched: number;
};

/** The exceptions of matched groups that disagree. */
export const classifyGroups = (
  spec: Reconciliation,
  groups: readonly ExceptedGroup[],
): Promise<ExceptionDraft[]> => inTurns(groups, (group) => fromGroup(spec, group));

type UngroupedInput = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly spec: Reconciliation;
  readonly cutoffOn: string;
  readonly isStirred: boolean;
};

/**
 * Gives every other difference that needs a person its type: repeated records, and what nothing answers. All that is asked is
 * asked at once: the database answers the next while drafts are made of what it said. Where only what changed is looked at, what
 * an exception says already is left as it stands; of repeated records `standDuplicates` has found that before.
 */
export async function classifyUngrouped(tx: Tx, input: UngroupedInput): Promise<Classified> {
  const context = contextOf(tx, input);
  const [left, ofDuplicates, ofExpected, ofActual, { standing }] = await Promise.all([
    countRemainder(tx),
    draftDuplicates(tx, input),
    draftMissing(tx, { ...input, context, side: 'expected' }),
    draftMissing(tx, { ...input, context, side: 'actual' }),
    context,
  ]);
  const raised = {
    expected: ofExpected && ofExpected.length + standing.expected,
    actual: ofActual && ofActual.length + standing.actual,
  };
  const sum = (count: (side: Side) => number) => count('expected') + count('actual');
  return {
    drafts: [...ofDuplicates, ...(ofExpected ?? []), ...(ofActual ?? [])],
    left: {
      pending: sum((side) => left[side] - (raised[side] ?? left[side])),
      unraised: sum((side) => (raised[side] === undefined ? left[side] : 0)),
      unmatched: sum((side) => raised[side] ?? left[side]),
    },
  };
}

/** What else is known of unpaired records. */
type Context = {
  /** What passes said of them. */
  readonly notes: ReadonlyMap<string, readonly Finding[]>;
  /** The sides of which a delivery waits. */
  readonly waiting: ReadonlySet<Side>;
  /** Of how many nothing is to be said anew. */
  readonly standing: Readonly<Record<Side, number>>;
};

async function contextOf(tx: Tx, input: UngroupedInput): Promise<Context> {
  const [notes, waiting, standing] = await Promise.all([
    plannedNotes(tx),
    waitingSides(tx, input),
    input.isStirred ? standMissing(tx, input) : { expected: 0, actual: 0 },
  ]);
  return { notes, waiting, standing };
}

async function draftDuplicates(tx: Tx, input: UngroupedInput): Promise<ExceptionDraft[]> {
  return await inTurns(await duplicateSets(tx, input), (set) => fromDuplicates(input.spec, set));
}

/** The unpaired records of a side that are due and of which nothing stands; undefined where their absence is not raised. */
async function draftMissing(
  tx: Tx,
  { spec, cutoffOn, isStirred, context, side }: UngroupedInput & { context: Promise<Context>; side: Side },
): Promise<ExceptionDraft[] | undefined> {
  const rule = spec.missing[otherSide(side)];
  if (!rule) return undefined;
  const { notes, waiting } = await context;
  const { afterDays } = rule;
  const overdue = await overdueRemainder(tx, { side, afterDays, cutoffOn, isStirred });
  const isAwaited = waiting.has(otherSide(side));
  return await inTurns(overdue, (record) => {
    const draft = fromMissing(spec, { rule, cutoffOn, notes: notes.get(record.recordId) }, record);
    return isAwaited ? { ...draft, isAwaited } : draft;
  });
}
