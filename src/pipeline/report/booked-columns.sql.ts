import type { LedgerEntry } from '../../core/entry.ts';
import type { Tx } from '../../db/tx.ts';

/** What is read of entry `a`, with its exception, what takes it back, and the people behind it. */
export const entryFields = (tx: Tx) => tx`
  a.number, a.kind, o.number as reverses, r.number as reversed_by, a.booked_period, a.original_period,
  a.applied_at, e.exception_id, e.number as exception_number, e.version as exception_version, a.client, a.order_ref,
  a.payee, a.direction, a.amount_minor, a.currency, a.code, a.reason_code, m.name as made_by, p.name as approved_by,
  a.evidence, a.note`;

export const entryJoins = (tx: Tx) => tx`
  join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
  join currency c on c.code = a.currency
  join person m on m.workspace_id = a.workspace_id and m.person_id = a.made_by
  left join person p on p.workspace_id = a.workspace_id and p.person_id = a.approved_by
  left join adjustment o on o.workspace_id = a.workspace_id and o.adjustment_id = a.reverses
  left join adjustment r on r.workspace_id = a.workspace_id and r.reverses = a.adjustment_id`;

export type EntryRow = {
  number: bigint;
  kind: LedgerEntry['kind'];
  reverses: bigint | null;
  reversed_by: bigint | null;
  booked_period: string;
  original_period: string;
  applied_at: Date;
  exception_id: string;
  exception_number: number;
  exception_version: number;
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

export const toEntry = (row: EntryRow): LedgerEntry => ({
  number: row.number,
  kind: row.kind,
  reverses: row.reverses ?? undefined,
  reversedBy: row.reversed_by ?? undefined,
  bookedPeriod: row.booked_period,
  originalPeriod: row.original_period,
  appliedAt: row.applied_at,
  exceptionId: row.exception_id,
  exceptionNumber: row.exception_number,
  exceptionVersion: row.exception_version,
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
