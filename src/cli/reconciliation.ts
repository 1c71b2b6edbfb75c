import { suggestionEnd } from '../core/nearest-word.ts';
import type { Tx } from '../db/tx.ts';
import {
  type ReconciliationSides,
  reconciliationSides,
} from '../pipeline/report/reconciliation-sides.sql.ts';
import { EXIT, Stop } from './exit.ts';
import { inert } from './output.ts';

/** The reconciliation of this name on the record. Throws: Stop, with the one that was meant. */
export async function namedReconciliation(
  tx: Tx,
  workspaceId: string,
  name: string,
): Promise<ReconciliationSides> {
  const known = await reconciliationSides(tx, workspaceId);
  const found = known.find(({ key }) => key === name);
  if (found) return found;
  const near = suggestionEnd(
    name,
    known.map(({ key }) => key),
  );
  throw new Stop(`There is no reconciliation "${inert(name)}" on the record${near}`, EXIT.usage);
}
