import type { Routed } from '../../core/route.ts';
import type { Severity } from '../../core/severity.ts';
import type { Tx } from '../../db/tx.ts';

/** A live exception as it stands: what the matrix looks at, and where it is. */
export type LivePlace = Routed & {
  readonly exceptionId: string;
  readonly number: number;
  readonly status: string;
  readonly version: number;
  readonly level: number;
  readonly ownerId: string | null;
  readonly team: { readonly key: string; readonly name: string; readonly isGone: boolean };
};

/** Live exceptions of teams that the configuration no longer names; with `everywhere`, of all teams. */
export const livePlaces = (
  tx: Tx,
  { workspaceId, everywhere }: { workspaceId: string; everywhere: boolean },
): Promise<LivePlace[]> => read(tx, workspaceId, { everywhere, ids: null });

/** These, as far as they are live, locked until the transaction ends, in id order as every run locks them. */
export const lockPlaces = (
  tx: Tx,
  { workspaceId, exceptionIds }: { workspaceId: string; exceptionIds: readonly string[] },
): Promise<LivePlace[]> => read(tx, workspaceId, { everywhere: true, ids: exceptionIds });

async function read(
  tx: Tx,
  workspaceId: string,
  { everywhere, ids }: { everywhere: boolean; ids: readonly string[] | null },
): Promise<LivePlace[]> {
  const rows = await tx<Row[]>`
    select e.exception_id, e.number, r.key as reconciliation, e.domain, e.type, e.severity, e.client, e.at_stake_minor,
           e.currency, e.status, e.version, e.level, e.owner_id, t.key as team_key, t.name as team_name, t.is_active
    from exception e
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    where e.workspace_id = ${workspaceId} and e.status not in ('resolved', 'cleared')
      and (${everywhere} or not t.is_active)
      ${ids === null ? tx`` : tx`and e.exception_id = any(${ids as string[]}::uuid[])`}
    order by e.exception_id
    ${ids === null ? tx`` : tx`for update of e`}`;
  return rows.map(toPlace);
}

type Row = {
  exception_id: string;
  number: number;
  reconciliation: string;
  domain: string;
  type: string;
  severity: Severity;
  client: string | null;
  at_stake_minor: bigint;
  currency: string;
  status: string;
  version: number;
  level: number;
  owner_id: string | null;
  team_key: string;
  team_name: string;
  is_active: boolean;
};

const toPlace = (row: Row): LivePlace => ({
  exceptionId: row.exception_id,
  number: row.number,
  reconciliation: row.reconciliation,
  domain: row.domain,
  type: row.type,
  severity: row.severity,
  client: row.client ?? undefined,
  atStake: { minor: row.at_stake_minor, currency: row.currency },
  status: row.status,
  version: row.version,
  level: row.level,
  ownerId: row.owner_id,
  team: { key: row.team_key, name: row.team_name, isGone: !row.is_active },
});
