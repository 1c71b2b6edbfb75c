import type { SlaPolicy } from '../../core/sla-policy.ts';
import type { Tx } from '../../db/tx.ts';

/** Keeps these policies as they are now, by the hash of their content; a known version stays as it is. */
export async function keepPolicies(
  tx: Tx,
  workspaceId: string,
  versions: ReadonlyMap<string, SlaPolicy>,
): Promise<void> {
  const rows = [...versions].map(([version, policy]) => ({ version, key: policy.key, body: policy }));
  await tx`
    insert into sla_policy (workspace_id, version, key, body)
    select ${workspaceId}::uuid, r.version, r.key, r.body
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r (version text, key text, body json)
    on conflict on constraint sla_policy_pk do nothing`;
}
