import {
  type ExceptedGroup,
  type ExceptionDraft,
  fromDuplicates,
  fromGroup,
  fromMissing,
} from '../../core/classify.ts';
import { otherSide, type Reconciliation, SIDES } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { countRemainder } from './count-remainder.sql.ts';
import { duplicateSets } from './duplicate-sets.sql.ts';
import { overdueRemainder } from './overdue-remainder.sql.ts';
import { plannedNotes } from './planned-notes.sql.ts';
import { standMissing } from './stand-missing.sql.ts';
import { waitingSides } from './waiting-sides.sql.ts';

export type Classified = {
  readonly drafts: ExceptionDraft[];
  /** Unpaired records that are not due yet. */
  readonly pending: number;
  /** Unpaired records of a side whose absence the spec does not raise. */
  readonly unraised: number;
  /** Of what is due, how many records of both sides nothing answers. */
  readonly unmatched: number;
};

/**
 * Gives every difference that needs a person its type: disagreeing groups, repeated records, and what nothing answers. Where
 * only what changed is looked at, what an exception says already of unpaired records is left as it stands.
 */
export async function classify(
  tx: Tx,
  input: {
    workspaceId: string;
    reconciliationId: string;
    spec: Reconciliation;
    cutoffOn: string;
    excepted: readonly ExceptedGroup[];
    isStirred: boolean;
  },
): Promise<Classified> {
  const { spec, cutoffOn, isStirred } = input;
  const drafts = input.excepted.map((group) => fromGroup(spec, group));
  for (const set of await duplicateSets(tx)) drafts.push(fromDuplicates(spec, set));
  const notes = await plannedNotes(tx);
  const firstPass = spec.find[0]?.name;
  const left = await countRemainder(tx, firstPass);
  const waiting = await waitingSides(tx, spec);
  const standing = isStirred ? await standMissing(tx, input) : { expected: 0, actual: 0 };
  let pending = 0;
  let unraised = 0;
  let unmatched = 0;
  for (const side of SIDES) {
    const rule = spec.missing[otherSide(side)];
    if (!rule) {
      unraised += left[side];
      unmatched += left[side];
      continue;
    }
    const { afterDays } = rule;
    const overdue = await overdueRemainder(tx, { firstPass, side, afterDays, cutoffOn, isStirred });
    const due = overdue.length + standing[side];
    pending += left[side] - due;
    unmatched += due;
    const isAwaited = waiting.has(otherSide(side));
    for (const record of overdue) {
      const rules = { rule, cutoffOn, notes: notes.get(record.recordId) };
      const draft = fromMissing(spec, rules, record);
      drafts.push(isAwaited ? { ...draft, isAwaited } : draft);
    }
  }
  return { drafts, pending, unraised, unmatched };
}
