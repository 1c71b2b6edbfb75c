import type { Money } from '../../core/money.ts';
import type { Tx } from '../../db/tx.ts';

/** An entry of the ledger, as it was booked. */
export type LedgerEntry = {
  readonly number: bigint;
  readonly kind: 'adjustment' | 'write_off' | 'reversal';
  /** The entry that it takes back. */
  readonly reverses: bigint | undefined;
  /** The one that takes it back. */
  readonly reversedBy: bigint | undefined;
  readonly bookedPeriod: string;
  readonly originalPeriod: string;
  readonly appliedAt: Date;
  readonly exceptionNumber: number;
  readonly client: string | undefined;
  readonly orderRef: string | undefined;
  readonly payee: string | undefined;
  readonly direction: 'over' | 'under' | undefined;
  readonly amount: Money;
  readonly code: string;
  readonly reasonCode: string;
  readonly madeBy: string;
  readonly approvedBy: string | undefined;
  readonly evidence: string | undefined;
  readonly note: string | undefined;
};

export type LedgerQuery = {
  readonly workspaceId: string;
  /** Only those booked to this month. */
  readonly period: string | undefined;
  /** Only those after this one: what an earlier export did not have. */
  readonly after: bigint | undefined;
  readonly limit: number;
};

/** Entries in the order in which they were booked. */
export async function ledgerEntries(tx: Tx, query: LedgerQuery): Promise<LedgerEntry[]> {
  const rows = await tx<Row[]>`
    select a.number, a.kind, o.number as reverses, r.number as reversed_by, a.booked_period, a.original_period,
           a.applied_at, e.number as exception_number, a.client, a.order_ref, a.payee, a.direction, a.amount_minor,
           a.currency, a.code, a.reason_code, m.name as made_by, p.name as approved_by, a.evidence, a.note
    from adjustment a
    join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
    join person m on m.workspace_id = a.workspace_id and m.person_id = a.made_by
    left join person p on p.workspace_id = a.workspace_id and p.person_id = a.approved_by
    left join adjustment o on o.workspace_id = a.workspace_id and o.adjustment_id = a.reverses
    left join adjustment r on r.workspace_id = a.workspace_id and r.reverses = a.adjustment_id
    where a.workspace_id = ${query.workspaceId}
      and (${query.period ?? null}::text is null or a.booked_period = ${query.period ?? null})
      and a.number > ${query.after?.toString() ?? '0'}::bigint
    order by a.number
    limit ${query.limit}`;
  return rows.map(toEntry);
}

type Row = {
  number: bigint;
  kind: LedgerEntry['kind'];
  reverses: bigint | null;
  reversed_by: bigint | null;
  booked_period: string;
  original_period: string;
  applied_at: Date;
  exception_number: number;
  client: string | null;
  order_ref: string | null;
  payee: string | null;
  direction: 'over' | 'under' | null;
  amount_minor: bigint;
  currency: string;
  code: string;
  reason_code: string;
  made_by: string;
  approved_by: string | null;
  evidence: string | null;
  note: string | null;
};

const toEntry = (row: Row): LedgerEntry => ({
  number: row.number,
  kind: row.kind,
  reverses: row.reverses ?? undefined,
  reversedBy: row.reversed_by ?? undefined,
  bookedPeriod: row.booked_period,
  originalPeriod: row.original_period,
  appliedAt: row.applied_at,
  exceptionNumber: row.exception_number,
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  payee: row.payee ?? undefined,
  direction: row.direction ?? undefined,
  amount: { minor: row.amount_minor, currency: row.currency },
  code: row.code,
  reasonCode: row.reason_code,
  madeBy: row.made_by,
  approvedBy: row.approved_by ?? undefined,
  evidence: row.evidence ?? undefined,
  note: row.note ?? undefined,
});
