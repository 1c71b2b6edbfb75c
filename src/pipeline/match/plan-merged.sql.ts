import type { MatchGroup } from '../../core/match.ts';
import type { Side } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';
import { keptKey } from './key-expression.ts';

/** Plans the records of merged contacts as groups of their own, by who they are now. */
export async function planMerged(tx: Tx, side: Side, gone: readonly MatchGroup[]): Promise<void> {
  const rows = gone.flatMap(({ key, members }) => members.map(({ recordId }) => ({ key, recordId })));
  if (rows.length === 0) return;
  await tx`
    insert into planned_member (pass, group_key, record_id, side)
    select 'identity', ${keptKey(tx, 'given.key')}, given.record_id, ${side}
    from unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ recordId }) => recordId)}::uuid[])
      as given (key, record_id)`;
  await tx`analyze planned_member`;
}
