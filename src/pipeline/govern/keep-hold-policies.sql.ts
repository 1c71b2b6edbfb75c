import type { Tx } from '../../db/tx.ts';

/** Sets after how long holds of a kind end by themselves; returns the kinds for which that is news. Holds keep what they began with. */
export async function keepHoldPolicies(
  tx: Tx,
  { workspaceId, expireAfterMs }: { workspaceId: string; expireAfterMs: Readonly<Record<string, number>> },
): Promise<string[]> {
  const kinds = Object.keys(expireAfterMs);
  const times = Object.values(expireAfterMs);
  const rows = await tx<{ kind: string }[]>`
    with wanted as (
      select w.kind, w.expire_ms from unnest(${kinds}::text[], ${times}::bigint[]) as w (kind, expire_ms)
    ), gone as (
      delete from hold_policy p
      where p.workspace_id = ${workspaceId} and not exists (select from wanted w where w.kind = p.kind)
      returning p.kind
    ), kept as (
      insert into hold_policy (workspace_id, kind, expire_ms)
      select ${workspaceId}::uuid, w.kind, w.expire_ms from wanted w
      on conflict (workspace_id, kind) do update set expire_ms = excluded.expire_ms
        where hold_policy.expire_ms <> excluded.expire_ms
      returning hold_policy.kind
    )
    select kind from gone union select kind from kept order by kind`;
  return rows.map(({ kind }) => kind);
}
