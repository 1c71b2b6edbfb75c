import type { Severity } from '../../core/severity.ts';
import type { Tx } from '../../db/tx.ts';

/** A live exception of a team that is gone, as it stands. */
export type Homeless = {
  readonly exceptionId: string;
  readonly number: number;
  readonly reconciliation: string;
  readonly domain: string;
  readonly type: string;
  readonly severity: Severity;
  readonly status: string;
  readonly version: number;
  readonly level: number;
  readonly ownerId: string | null;
};

/** Every live exception whose team the configuration no longer names, locked until the transaction ends. */
export async function lockHomeless(tx: Tx, workspaceId: string): Promise<Homeless[]> {
  const rows = await tx<
    {
      exception_id: string;
      number: number;
      reconciliation: string;
      domain: string;
      type: string;
      severity: Severity;
      status: string;
      version: number;
      level: number;
      owner_id: string | null;
    }[]
  >`
    select e.exception_id, e.number, r.key as reconciliation, e.domain, e.type, e.severity, e.status, e.version, e.level, e.owner_id
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id and not t.is_active
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    where e.workspace_id = ${workspaceId} and e.status not in ('resolved', 'cleared')
    order by e.number
    for update of e`;
  return rows.map(({ exception_id: exceptionId, owner_id: ownerId, ...row }) => ({
    ...row,
    exceptionId,
    ownerId,
  }));
}

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
