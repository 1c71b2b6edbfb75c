import type { BookingFacts } from '../../core/adjust.ts';
import type { Tx } from '../../db/tx.ts';

type About = { readonly workspaceId: string; readonly exceptionId: string };

/** What the record says of an exception that an entry is to be booked for; its month is that of its latest document. */
export async function bookingFacts(tx: Tx, about: About): Promise<BookingFacts> {
  const [row] = await tx<Row[]>`
    select e.number, e.at_stake_minor, e.currency, e.client, e.order_ref, e.payee, e.expected_minor, e.actual_minor,
           coalesce((select sum(a.amount_minor) from adjustment a
                     where a.workspace_id = e.workspace_id and a.exception_id = e.exception_id), 0)::bigint as adjusted_minor,
           to_char(coalesce((select max(r.occurred_on)
                             from exception_member m
                             join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id
                             where m.workspace_id = e.workspace_id and m.exception_id = e.exception_id),
                            e.opened_at::date), 'YYYY-MM') as period
    from exception e
    where e.workspace_id = ${about.workspaceId} and e.exception_id = ${about.exceptionId}`;
  if (!row) throw new Error(`exception ${about.exceptionId} vanished while it was settled`);
  return {
    number: row.number,
    atStake: { minor: row.at_stake_minor, currency: row.currency },
    adjustedMinor: row.adjusted_minor,
    client: row.client ?? undefined,
    orderRef: row.order_ref ?? undefined,
    payee: row.payee ?? undefined,
    direction: directionOf(row),
    period: row.period,
  };
}

type Row = {
  number: number;
  at_stake_minor: bigint;
  currency: string;
  client: string | null;
  order_ref: string | null;
  payee: string | null;
  expected_minor: bigint | null;
  actual_minor: bigint | null;
  adjusted_minor: bigint;
  period: string;
};

function directionOf({ expected_minor: expected, actual_minor: actual }: Row): BookingFacts['direction'] {
  if (expected === null || actual === null || expected === actual) return undefined;
  return actual > expected ? 'over' : 'under';
}
