import type { Tx } from '../../db/tx.ts';

export type ExceptionFilter = {
  readonly status?: string | undefined;
  readonly type?: string | undefined;
  readonly team?: string | undefined;
  readonly limit: number;
};

/** One line of the list. */
export type ExceptionLine = {
  readonly number: number;
  readonly type: string;
  readonly reason: string;
  readonly severity: string;
  readonly status: string;
  readonly level: number;
  readonly team: string;
  readonly owner: string | null;
  readonly client: string | null;
  readonly orderRef: string | null;
  readonly atStakeMinor: bigint;
  readonly currency: string;
  readonly dueAt: Date;
};

/** Exceptions that pass the filter, live ones by due time first, then the closed ones. */
export async function listExceptions(
  tx: Tx,
  workspaceId: string,
  filter: ExceptionFilter,
): Promise<ExceptionLine[]> {
  return await tx<ExceptionLine[]>`
    select e.number, e.type, e.reason, e.severity, e.status, e.level, t.key as team, p.name as owner, e.client,
           e.order_ref as "orderRef", e.at_stake_minor as "atStakeMinor", e.currency, e.due_at as "dueAt"
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    left join person p on p.workspace_id = e.workspace_id and p.person_id = e.owner_id
    where e.workspace_id = ${workspaceId}
      and (${filter.status ?? null}::text is null or e.status = ${filter.status ?? null})
      and (${filter.type ?? null}::text is null or e.type = ${filter.type ?? null})
      and (${filter.team ?? null}::text is null or t.key = ${filter.team ?? null})
    order by e.closed_at is not null, e.due_at, e.number
    limit ${filter.limit}`;
}
