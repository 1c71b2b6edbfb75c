import type { WebhookEndpoint } from '../../core/webhook-endpoint.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** Adds new endpoints of webhooks and brings known ones up to date; returns the keys of those that changed. */
export async function upsertEndpoints(
  tx: Tx,
  { workspaceId, endpoints }: { workspaceId: string; endpoints: readonly WebhookEndpoint[] },
): Promise<string[]> {
  const wanted = endpoints.map(({ key, url, kinds }) => ({ endpoint_id: newId(), key, url, kinds }));
  const rows = await tx<{ key: string }[]>`
    insert into webhook_endpoint (workspace_id, endpoint_id, key, url, kinds)
    select ${workspaceId}::uuid, w.endpoint_id, w.key, w.url, array(select jsonb_array_elements_text(w.kinds))
    from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb)
      as w (endpoint_id uuid, key text, url text, kinds jsonb)
    on conflict (workspace_id, key) do update
      set url = excluded.url, kinds = excluded.kinds, is_active = true
      where (webhook_endpoint.url, webhook_endpoint.kinds, webhook_endpoint.is_active)
        is distinct from (excluded.url, excluded.kinds, true)
    returning key`;
  return rows.map(({ key }) => key);
}
