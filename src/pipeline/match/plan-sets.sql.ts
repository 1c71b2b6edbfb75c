import type { FreeRecord, MatchGroup } from '../../core/match.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey } from './key-expression.ts';

/** Plans groups that were found in TypeScript, with all their records. */
export async function planSets(
  tx: Tx,
  pass: string,
  groups: readonly MatchGroup<FreeRecord>[],
): Promise<void> {
  const rows = groups.flatMap(({ key, members }) =>
    members.map(({ recordId, side }) => ({ key, recordId, side })),
  );
  if (rows.length === 0) return;
  await tx`
    insert into planned_set (pass, group_key, record_id, side)
    select ${pass}, ${keptKey(tx, 'given.key')}, given.record_id, given.side
    from unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ recordId }) => recordId)}::uuid[],
                ${rows.map(({ side }) => side)}::text[]) as given (key, record_id, side)`;
  await tx`analyze planned_set`;
}
