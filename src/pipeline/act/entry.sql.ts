import type { Tx } from '../../db/tx.ts';

/** An entry of the ledger, with what taking it back needs to know. */
export type EntryOnRecord = {
  readonly adjustmentId: string;
  readonly number: bigint;
  readonly kind: 'adjustment' | 'write_off' | 'reversal';
  readonly isReversed: boolean;
  readonly exceptionId: string;
  readonly exceptionNumber: number;
  readonly team: string;
  readonly code: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly originalPeriod: string;
  readonly bookedPeriod: string;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  readonly direction: 'over' | 'under' | undefined;
};

/** The entry, by its id or the number people say; undefined when there is none. */
export async function entryOf(
  tx: Tx,
  { workspaceId, entry }: { workspaceId: string; entry: string | bigint },
): Promise<EntryOnRecord | undefined> {
  const [row] = await tx<Row[]>`
    select a.adjustment_id, a.number, a.kind, a.exception_id, e.number as exception_number, t.key as team, a.code,
           a.amount_minor, a.currency, a.original_period, a.booked_period, a.client, a.order_ref, a.payee, a.direction,
           exists (select from adjustment r where r.workspace_id = a.workspace_id and r.reverses = a.adjustment_id)
             as is_reversed
    from adjustment a
    join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
    join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
    where a.workspace_id = ${workspaceId}
      and ${typeof entry === 'bigint' ? tx`a.number = ${entry.toString()}::bigint` : tx`a.adjustment_id = ${entry}::uuid`}`;
  return (
    row && {
      adjustmentId: row.adjustment_id,
      number: row.number,
      kind: row.kind,
      isReversed: row.is_reversed,
      exceptionId: row.exception_id,
      exceptionNumber: row.exception_number,
      team: row.team,
      code: row.code,
      amountMinor: row.amount_minor,
      currency: row.currency,
      originalPeriod: row.original_period,
      bookedPeriod: row.booked_period,
      client: row.client ?? undefined,
      orderRef: row.order_ref ?? undefined,
      payee: row.payee ?? undefined,
      direction: row.direction ?? undefined,
    }
  );
}

type Row = {
  adjustment_id: string;
  number: bigint;
  kind: EntryOnRecord['kind'];
  exception_id: string;
  exception_number: number;
  team: string;
  code: string;
  amount_minor: bigint;
  currency: string;
  original_period: string;
  booked_period: string;
  client: string | null;
  order_ref: string | null;
  payee: string | null;
  direction: 'over' | 'under' | null;
  is_reversed: boolean;
};
