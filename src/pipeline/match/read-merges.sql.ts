import type { Merge } from '../../core/identity.ts';
import type { IdentityRule } from '../../core/spec.ts';
import type { Tx } from '../../db/tx.ts';

/** Every merge up to the cut-off day that the rule's feed tells of. */
export async function readMerges(
  tx: Tx,
  { workspaceId, rule, cutoffOn }: { workspaceId: string; rule: IdentityRule; cutoffOn: string },
): Promise<Merge[]> {
  return await tx<Merge[]>`
    select r.fields::json ->> ${rule.from}::text as "from", r.fields::json ->> ${rule.into}::text as "into"
    from record r
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    where r.workspace_id = ${workspaceId} and f.key = ${rule.feed} and r.occurred_on <= ${cutoffOn}::date
      and r.fields::json ->> ${rule.from}::text <> '' and r.fields::json ->> ${rule.into}::text <> ''`;
}
