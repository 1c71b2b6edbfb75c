import type { Tx } from '../../db/tx.ts';

/** What each application of the configuration changed, in its own lines, the oldest first. */
export async function toldLines(
  tx: Tx,
  { workspaceId, unreadable }: { workspaceId: string; unreadable: readonly bigint[] },
): Promise<readonly (readonly string[])[]> {
  const rows = await tx<{ lines: string[] | null }[]>`
    select a.body::json #> '{data,changed}' as lines
    from audit_event a
    where a.workspace_id = ${workspaceId} and a.action = 'config.applied'
      and a.seq <> all(${unreadable.map(String)}::bigint[])
    order by a.seq`;
  return rows.map(({ lines }) => lines ?? []);
}
