import type { Apart } from '../../core/hand-match.ts';
import type { Tx } from '../../db/tx.ts';

/** Which records of the pool a machine keeps apart, because people said so; kept in the working table `apart` as well. */
export async function findApart(
  tx: Tx,
  { workspaceId, reconciliationId }: { workspaceId: string; reconciliationId: string },
): Promise<Apart> {
  const rows = await tx<{ expected_id: string; actual_id: string }[]>`
    insert into apart (expected_id, actual_id)
    select n.expected_id, n.actual_id
    from never_pair n
    join pool e on e.record_id = n.expected_id
    join pool a on a.record_id = n.actual_id
    where n.workspace_id = ${workspaceId} and n.reconciliation_id = ${reconciliationId} and n.lifted_at is null
      and (n.kind = 'never' or encode(e.content_hash, 'hex') = n.expected_hash
           and encode(a.content_hash, 'hex') = n.actual_hash)
    returning expected_id, actual_id`;
  const apart = new Map<string, Set<string>>();
  for (const { expected_id: expected, actual_id: actual } of rows) {
    apart.set(expected, (apart.get(expected) ?? new Set()).add(actual));
  }
  return apart;
}
