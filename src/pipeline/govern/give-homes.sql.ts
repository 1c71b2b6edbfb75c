import type { Tx } from '../../db/tx.ts';

export type NewHome = {
  readonly exceptionId: string;
  readonly team: string;
  /** The ownership row that decided. */
  readonly routedBy: Readonly<Record<string, unknown>>;
  readonly seq: bigint;
};

/** These exceptions belong to other teams from now on, one version further. Promise, owner and status stay. */
export async function giveHomes(
  tx: Tx,
  { workspaceId, homes }: { workspaceId: string; homes: readonly NewHome[] },
): Promise<void> {
  const rows = homes.map(({ exceptionId, team, routedBy, seq }) => ({
    exception_id: exceptionId,
    team,
    routed_by: routedBy,
    last_seq: seq.toString(),
  }));
  await tx`
    update exception e
    set team_id = t.team_id, routed_by = h.routed_by, version = e.version + 1, last_seq = h.last_seq
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as h (exception_id uuid, team text, routed_by jsonb, last_seq bigint)
    join team t on t.workspace_id = ${workspaceId} and t.key = h.team
    where e.workspace_id = ${workspaceId} and e.exception_id = h.exception_id`;
}
