import { DIGEST_ITEMS, type DigestItem } from '../../core/digest.ts';
import type { Tx } from '../../db/tx.ts';
import type { DigestQuery } from './digest-counts.sql.ts';
import { inScope } from './digest-scope.sql.ts';
import { isOverdue, onlyLive } from './visible-to.sql.ts';

type Row = Omit<DigestItem, 'client' | 'orderRef' | 'owner' | 'atStake'> & {
  readonly client: string | null;
  readonly orderRef: string | null;
  readonly owner: string | null;
  readonly minor: bigint;
  readonly currency: string;
};

/** The live exceptions of the scope that are due first. */
export async function digestItems(
  tx: Tx,
  { workspaceId, scope, now }: Pick<DigestQuery, 'workspaceId' | 'scope' | 'now'>,
): Promise<DigestItem[]> {
  const rows = await tx<Row[]>`
    select e.number, e.type, e.client, e.order_ref as "orderRef", e.at_stake_minor as minor, e.currency,
           t.name as team, o.name as owner, e.due_at as "dueAt", ${isOverdue(tx, now)} as "isOverdue"
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
    where e.workspace_id = ${workspaceId} and ${onlyLive(tx)} and ${inScope(tx, scope)}
    order by e.due_at, e.number
    limit ${DIGEST_ITEMS}`;
  return rows.map(({ minor, currency, client, orderRef, owner, ...row }) => ({
    ...row,
    client: client ?? undefined,
    orderRef: orderRef ?? undefined,
    owner: owner ?? undefined,
    atStake: { minor, currency },
  }));
}
