import { identify, survivorsOf } from '../../core/identity.ts';
import { otherSide, type Reconciliation } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { contactRecords } from './contact-records.sql.ts';
import { planSets } from './plan-sets.sql.ts';
import { readMerges } from './read-merges.sql.ts';
import { renameRecords, renameValues } from './rename.sql.ts';

/** Lets records of merged contacts leave, and those that stay be found by every value that any of them had. */
export async function identifyContacts(
  tx: Tx,
  input: { workspaceId: string; spec: Reconciliation; cutoffOn: string },
): Promise<void> {
  const rule = input.spec.identity;
  if (rule === undefined) return;
  const merges = await readMerges(tx, { ...input, rule });
  if (merges.length === 0) return;
  const survivors = survivorsOf(merges);
  const ids = [...new Set([...survivors.keys(), ...survivors.values()])];
  const { gone, aliases, renames } = identify(rule, merges, await contactRecords(tx, rule, ids));
  await planSets(tx, 'identity', gone);
  await renameRecords(tx, aliases);
  // One field after the other: a record may have several that are renamed.
  for (const field of new Set(renames.map((rename) => rename.field))) {
    const ofField = renames.filter((rename) => rename.field === field);
    await renameValues(tx, { side: otherSide(rule.side), field, renames: ofField });
  }
}
