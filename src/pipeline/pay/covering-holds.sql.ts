import type { Hold } from '../../core/hold.ts';
import { holdColumns, holdJoins } from '../../db/holds/hold-columns.sql.ts';
import { type HoldRow, toHold } from '../../db/holds/hold-row.ts';
import type { Tx } from '../../db/tx.ts';

/** A payment by its names: what was asked, and the keys of what the documents of its order say. */
export type Named = {
  readonly workspaceId: string;
  readonly order: string | undefined;
  readonly client: string | undefined;
  readonly payee: string | undefined;
  readonly clients: readonly string[];
  readonly payees: readonly string[];
};

/**
 * The open holds that cover a payment: all but those that are about something else for certain. A hold on the asked order
 * covers it whatever else is asked; one on a client or payee covers every payment that may be theirs; one of an exception
 * without an order covers no payment of an order.
 */
export async function coveringHolds(tx: Tx, named: Named): Promise<Hold[]> {
  const { workspaceId, order, client, payee } = named;
  const rows = await tx<HoldRow[]>`
    with asked as (
      select name_key(${order ?? null}::text) as order_key,
             array_remove(array_append(${named.clients as string[]}::text[], name_key(${client ?? null}::text)), null) as clients,
             array_remove(array_append(${named.payees as string[]}::text[], name_key(${payee ?? null}::text)), null) as payees
    ),
    -- Each branch finds its holds by one index, and brings them along: joined once more by their ids, all holds were read and
    -- hashed for a question about a hundred of them (2026-11-29: 9 ms of 5,000).
    found as (
      select h.*, true as is_certain
      from asked a
      join hold h on h.workspace_id = ${workspaceId} and h.state = 'open' and h.order_key = a.order_key
      union all
      select h.*, false
      from asked a
      join hold h on h.workspace_id = ${workspaceId} and h.state = 'open' and h.order_key is null
      where a.order_key is not null and h.exception_id is null
      union all
      select h.*, false
      from asked a
      join hold h on h.workspace_id = ${workspaceId} and h.state = 'open' and h.client_key = any(a.clients)
      where a.order_key is null
      union all
      select h.*, false
      from asked a
      join hold h on h.workspace_id = ${workspaceId} and h.state = 'open' and h.client_key is null
      where a.order_key is null and a.clients <> '{}'
      union all
      select h.*, false
      from asked a
      join hold h on h.workspace_id = ${workspaceId} and h.state = 'open' and h.payee_key = any(a.payees)
      where a.order_key is null and a.clients = '{}'
      union all
      select h.*, false
      from asked a
      join hold h on h.workspace_id = ${workspaceId} and h.state = 'open' and h.payee_key is null
      where a.order_key is null and a.clients = '{}'
    ),
    covering as (
      select f.*
      from found f, asked a
      where f.is_certain
        or (f.client_key is null or a.clients = '{}' or f.client_key = any(a.clients))
           and (f.payee_key is null or a.payees = '{}' or f.payee_key = any(a.payees))
    )
    select ${holdColumns(tx)}
    from covering h
    ${holdJoins(tx)}
    order by h.number
    limit ${MOST}`;
  return rows.map(toHold);
}

/** More than this is no list anybody reads; that there are any is what counts. */
const MOST = 100;
