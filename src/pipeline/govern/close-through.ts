import { lockPeriods } from '../../db/lock-periods.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { closedThrough } from './closed-through.sql.ts';
import { keepPeriod } from './keep-period.sql.ts';

/**
 * Every month through the one that the configuration names takes no entries from now on, with an event when that is news.
 * Comes before whatever else appends to the trail.
 */
export async function closeThrough(
  tx: Tx,
  { workspaceId, through, now }: { workspaceId: string; through: string | undefined; now: Date },
): Promise<void> {
  const before = await closedThrough(tx, workspaceId);
  if (before === through) return;
  await lockPeriods(tx, workspaceId, { alone: true });
  const isClosed = through !== undefined && (before === undefined || through > before);
  const [seq] = await appendAudit(tx, {
    workspaceId,
    facts: [
      {
        action: isClosed ? 'period.closed' : 'period.opened',
        entity: 'workspace',
        entityId: workspaceId,
        actor: { kind: 'program', name: 'config' },
        reason: 'CONFIGURED',
        data: { closed_through: through ?? null, before: before ?? null },
      },
    ],
  });
  if (seq === undefined) throw new Error('a month was closed without an event');
  const reason = 'CONFIGURED';
  const kept = { workspaceId, scope: 'through', personId: undefined, reason, now, seq };
  await keepPeriod(tx, { ...kept, period: through ?? before ?? '', isClosed: through !== undefined });
}
