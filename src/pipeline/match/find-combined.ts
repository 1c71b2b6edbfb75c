import { type Combined, setsCombined } from '../../core/combine-pass.ts';
import type { Apart } from '../../core/hand-match.ts';
import type { CombinePass, Reconciliation } from '../../core/spec.ts';
import { withPauses } from '../../db/in-turns.ts';
import type { Tx } from '../../db/tx.ts';
import { planNotes } from './plan-notes.sql.ts';
import { planSets } from './plan-sets.sql.ts';
import { remainder } from './remainder.sql.ts';

/** Plans the sets of one combining pass over what earlier passes left; returns how the search went. */
export async function findCombined(
  tx: Tx,
  input: { spec: Reconciliation; pass: CombinePass; apart: Apart; firstPass: string | undefined },
): Promise<Combined['tally']> {
  const { spec, pass, apart, firstPass } = input;
  const fields = new Set([...pass.within.expected, ...pass.within.actual]);
  const free = await remainder(tx, { firstPass, fields });
  const { groups, notes, tally } = await withPauses(setsCombined(spec, pass, { free, apart }));
  await planSets(tx, pass.name, groups);
  await planNotes(tx, notes);
  return tally;
}
