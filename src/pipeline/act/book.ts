import type { Actor } from '../../core/audit.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { insertAdjustment, type NewAdjustment } from './insert-adjustment.sql.ts';

/** What is booked, before the trail gives it its number. */
export type Entry = Omit<NewAdjustment, 'adjustmentId' | 'number'>;

/** Books an entry for the ledger with its event on the trail, and returns its number. Comes after whatever decided it. */
export async function book(
  tx: Tx,
  entry: Entry,
  { actor, exceptionNumber }: { actor: Actor; exceptionNumber: number },
): Promise<bigint> {
  const { workspaceId } = entry;
  const adjustmentId = newId();
  const [number] = await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: 'adjustment.applied',
        entity: 'adjustment',
        entityId: adjustmentId,
        actor,
        reason: entry.reasonCode,
        note: entry.note,
        data: {
          kind: entry.kind,
          exception_id: entry.exceptionId,
          exception: exceptionNumber,
          code: entry.code,
          amount_minor: entry.amountMinor.toString(),
          currency: entry.currency,
          original_period: entry.originalPeriod,
          booked_period: entry.bookedPeriod,
          made_by: entry.madeBy,
          approved_by: entry.approvedBy ?? null,
          limit_minor: entry.limitMinor?.toString() ?? null,
          reverses: entry.reverses ?? null,
          ...(entry.evidence === undefined ? {} : { link: entry.evidence }),
        },
      },
    ],
  });
  if (number === undefined) throw new Error('an entry was booked without an event');
  await insertAdjustment(tx, { ...entry, adjustmentId, number });
  return number;
}
