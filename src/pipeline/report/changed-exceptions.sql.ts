import type { Status } from '../../core/lifecycle.ts';
import type { Tx } from '../../db/tx.ts';
import { isOverdue } from './visible-to.sql.ts';
import { type WorkQuery, workCondition } from './work-condition.sql.ts';

/** Where a reader of changes stands: at the event that produced the state it saw last, of the exception of that number. */
export type ChangesCursor = { readonly seq: bigint; readonly number: number };

/** An exception as it is now, with the event that made it so. */
export type ChangedException = {
  readonly seq: bigint;
  readonly exceptionId: string;
  readonly number: number;
  readonly reconciliation: string;
  readonly type: string;
  readonly reason: string;
  readonly severity: string;
  readonly status: Status;
  readonly level: number;
  readonly teamKey: string;
  readonly teamName: string;
  readonly ownerKey: string | null;
  readonly ownerName: string | null;
  readonly client: string | null;
  readonly orderRef: string | null;
  readonly payee: string | null;
  readonly expectedMinor: bigint | null;
  readonly actualMinor: bigint | null;
  readonly atStakeMinor: bigint;
  readonly currency: string;
  readonly openedAt: Date;
  readonly dueAt: Date;
  readonly isOverdue: boolean;
  readonly closedAt: Date | null;
  readonly resolutionCode: string | null;
};

/**
 * The exceptions that changed after the cursor, in the order of their last change. A workspace's events are numbered in the order in
 * which they are committed, so whoever goes on from the last one it saw misses none.
 */
export async function changedExceptions(
  tx: Tx,
  query: WorkQuery,
  { after, limit }: { after: ChangesCursor; limit: number },
): Promise<ChangedException[]> {
  return await tx<ChangedException[]>`
    select e.last_seq as seq, e.exception_id as "exceptionId", e.number, r.key as reconciliation, e.type, e.reason,
           e.severity, e.status, e.level, t.key as "teamKey", t.name as "teamName", o.key as "ownerKey",
           o.name as "ownerName", e.client, e.order_ref as "orderRef", e.payee, e.expected_minor as "expectedMinor",
           e.actual_minor as "actualMinor", e.at_stake_minor as "atStakeMinor", e.currency, e.opened_at as "openedAt",
           e.due_at as "dueAt", ${isOverdue(tx, query.now)} as "isOverdue", e.closed_at as "closedAt",
           e.resolution_code as "resolutionCode"
    from exception e
    join reconciliation r on r.workspace_id = e.workspace_id and r.reconciliation_id = e.reconciliation_id
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    join currency c on c.code = e.currency
    left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
    where ${workCondition(tx, query)}
      and (e.last_seq, e.number) > (${after.seq}::bigint, ${after.number}::integer)
    order by e.last_seq, e.number
    limit ${limit}`;
}
