import type { WaitingEntry } from '../../core/entry.ts';
import type { Tx } from '../../db/tx.ts';
import { type EntryQuery, entryCondition, waitingColumns } from './entry-condition.sql.ts';

/** What somebody proposed to book and nobody has decided, the one whose time is over first coming first. */
export async function waitingEntries(
  tx: Tx,
  query: EntryQuery,
  { limit, offset }: { limit: number; offset: number },
): Promise<WaitingEntry[]> {
  const rows = await tx<Row[]>`
    select a.proposal_id, a.kind, o.number as reverses, a.original_period, a.proposed_at, a.expires_at,
           e.exception_id, e.number as exception_number, e.version as exception_version, e.client, e.order_ref, e.payee,
           case when a.kind = 'reversal' then -a.amount_minor else a.amount_minor end as amount_minor,
           a.currency, a.reason_code, m.name as made_by, a.evidence, a.note
    from proposal a
    join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
    join currency c on c.code = a.currency
    join person m on m.workspace_id = a.workspace_id and m.person_id = a.proposed_by
    left join adjustment o on o.workspace_id = a.workspace_id and o.adjustment_id = a.reverses
    where ${entryCondition(tx, query, waitingColumns(tx))}
      and a.state = 'open' and a.kind in ('adjustment', 'write_off', 'reversal')
    order by a.expires_at, a.made_seq
    limit ${limit} offset ${offset}`;
  return rows.map(toWaiting);
}

type Row = {
  proposal_id: string;
  kind: WaitingEntry['kind'];
  reverses: bigint | null;
  original_period: string;
  proposed_at: Date;
  expires_at: Date;
  exception_id: string;
  exception_number: number;
  exception_version: number;
  client: string | null;
  order_ref: string | null;
  payee: string | null;
  amount_minor: bigint;
  currency: string;
  reason_code: string;
  made_by: string;
  evidence: string | null;
  note: string | null;
};

const toWaiting = (row: Row): WaitingEntry => ({
  proposalId: row.proposal_id,
  kind: row.kind,
  reverses: row.reverses ?? undefined,
  originalPeriod: row.original_period,
  askedAt: row.proposed_at,
  expiresAt: row.expires_at,
  exceptionId: row.exception_id,
  exceptionNumber: row.exception_number,
  exceptionVersion: row.exception_version,
  client: row.client ?? undefined,
  orderRef: row.order_ref ?? undefined,
  payee: row.payee ?? undefined,
  amount: { minor: row.amount_minor, currency: row.currency },
  reasonCode: row.reason_code,
  madeBy: row.made_by,
  evidence: row.evidence ?? undefined,
  note: row.note ?? undefined,
});
