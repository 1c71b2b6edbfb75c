import type { RowReason } from '../../core/row-reason.ts';
import type { Tx } from '../../db/tx.ts';

export type Refused = {
  readonly reason: RowReason;
  readonly field: string | undefined;
  readonly detail: string;
};

/** Refuses the rows accepted so far, each with its bytes from `loser`; says how many. */
export async function refuseAccepted(tx: Tx, { reason, field, detail }: Refused): Promise<number> {
  const { count } = await tx`
    update staged s
    set reason = ${reason}, field = ${field ?? null}, detail = ${detail}, raw = l.raw
    from loser l
    where l.line = s.line and s.reason is null`;
  return count;
}
