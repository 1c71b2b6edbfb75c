import type { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../db/tx.ts';

/** How one exception's move was answered. */
export type ItemOutcome = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal };

/** Keeps how requests were answered, so that the same ones again get the same answers. */
export async function keepOutcomes(
  tx: Tx,
  { workspaceId, outcomes }: { workspaceId: string; outcomes: ReadonlyMap<string, ItemOutcome> },
): Promise<void> {
  if (outcomes.size === 0) return;
  const kept = [...outcomes].map(([request_key, outcome]) => ({ request_key, outcome }));
  await tx`
    update inbox i
    set outcome = k.outcome
    from jsonb_to_recordset(${JSON.stringify(kept)}::text::jsonb) as k (request_key text, outcome jsonb)
    where i.workspace_id = ${workspaceId} and i.request_key = k.request_key`;
}
