import type { Tx } from '../../db/tx.ts';

/** Of a row `n` of `never_pair`: it holds now. What was taken apart stays so only while both records hold what they held. */
export const stillApart = (
  tx: Tx,
  { workspaceId, reconciliationId }: { readonly workspaceId: string; readonly reconciliationId: string },
) => tx`
  n.workspace_id = ${workspaceId} and n.reconciliation_id = ${reconciliationId} and n.lifted_at is null
  and (n.kind = 'never' or 2 = (
         select count(*) from record h
         where h.workspace_id = n.workspace_id
           and (h.record_id = n.expected_id and encode(h.content_hash, 'hex') = n.expected_hash
                or h.record_id = n.actual_id and encode(h.content_hash, 'hex') = n.actual_hash)))`;
