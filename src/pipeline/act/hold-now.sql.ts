import type { Money } from '../../core/money.ts';
import type { Tx } from '../../db/tx.ts';

export type HoldNow = {
  readonly holdId: string;
  readonly number: bigint;
  readonly kind: string;
  readonly isOpen: boolean;
  readonly expiresAt: Date | undefined;
  readonly exceptionId: string | undefined;
  /** The key of its exception's team. */
  readonly team: string | undefined;
  readonly ownerId: string | undefined;
  /** Undefined when a run placed it. */
  readonly placedById: string | undefined;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  readonly amount: Money | undefined;
};

/** The hold as it is; by its id, or by the number people say. Undefined when there is none. */
export async function holdNow(
  tx: Tx,
  { workspaceId, hold }: { workspaceId: string; hold: string | bigint },
): Promise<HoldNow | undefined> {
  const [row] = await tx<Row[]>`
    select h.hold_id, h.number, h.kind, h.state = 'open' as is_open, h.expires_at, h.exception_id, t.key as team,
           e.owner_id, h.placed_by, h.client, h.order_ref, h.payee, h.amount_minor, h.currency
    from hold h
    left join exception e on e.workspace_id = h.workspace_id and e.exception_id = h.exception_id
    left join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    where h.workspace_id = ${workspaceId}
      and ${typeof hold === 'bigint' ? tx`h.number = ${hold.toString()}::bigint` : tx`h.hold_id = ${hold}::uuid`}`;
  return row && toHold(row);
}

type Row = {
  hold_id: string;
  number: bigint;
  kind: string;
  is_open: boolean;
  expires_at: Date | null;
  exception_id: string | null;
  team: string | null;
  owner_id: string | null;
  placed_by: string | null;
  client: string | null;
  order_ref: string | null;
  payee: string | null;
  amount_minor: bigint | null;
  currency: string | null;
};

const toHold = (row: Row): HoldNow => ({
  holdId: row.hold_id,
  number: row.number,
  kind: row.kind,
  isOpen: row.is_open,
  expiresAt: row.expires_at ?? undefined,
  exceptionId: row.exception_id ?? undefined,
  team: row.team ?? undefined,
  ownerId: row.owner_id ?? undefined,
  placedById: row.placed_by ?? undefined,
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  payee: row.payee ?? undefined,
  amount:
    row.amount_minor === null || row.currency === null
      ? undefined
      : { minor: row.amount_minor, currency: row.currency },
});
