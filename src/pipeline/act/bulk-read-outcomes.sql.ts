import type { Refusal } from '../../core/refusal.ts';
import type { Tx } from '../../db/tx.ts';
import type { ItemOutcome } from './bulk-outcomes.sql.ts';

/** How requests were answered before, by request key; those that never were are left out. */
export async function readOutcomes(
  tx: Tx,
  { workspaceId, requestKeys }: { workspaceId: string; requestKeys: readonly string[] },
): Promise<Map<string, ItemOutcome>> {
  if (requestKeys.length === 0) return new Map();
  const rows = await tx<{ request_key: string; outcome: Stored }[]>`
    select request_key, outcome
    from inbox
    where workspace_id = ${workspaceId} and request_key = any(${requestKeys as string[]}::text[])`;
  return new Map(rows.map((row) => [row.request_key, revive(row.outcome)]));
}

type Stored = { ok: true } | { ok: false; refusal: Refusal };

/** A refusal as JSON keeps it: its instants are text. */
function revive(stored: Stored): ItemOutcome {
  if (stored.ok) return { ok: true };
  const instants = Object.entries(stored.refusal).flatMap(([key, value]) =>
    INSTANTS.includes(key) ? [[key, new Date(String(value))]] : [],
  );
  return { ok: false, refusal: { ...stored.refusal, ...Object.fromEntries(instants) } };
}

const INSTANTS: readonly string[] = ['since', 'at', 'until'];
