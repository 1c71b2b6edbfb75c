import { escalated } from '../../core/act.ts';
import type { AuditFact } from '../../core/audit.ts';
import { PING_PONG } from '../../core/hand-over.ts';
import { opsLead, type Reached, reach } from '../../core/step-reach.ts';
import { enqueueCards } from '../../db/outbox/enqueue.ts';
import { insertEventLines } from '../../db/outbox/insert-event-lines.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { changeItems } from './bulk-change-items.sql.ts';
import { type Item, readItems } from './bulk-items.sql.ts';
import { handedOverTimes } from './hand-overs.sql.ts';
import { stepPlaces } from './step-places.sql.ts';
import { tellSteps } from './tell-steps.ts';

/**
 * Raises those of these exceptions whose third hand-over was accepted in this transaction, and tells the ops lead why and
 * what was tried: once each until they are opened again. The caller has them locked.
 */
export async function endPingPong(
  tx: Tx,
  { workspaceId, exceptionIds, now }: { workspaceId: string; exceptionIds: readonly string[]; now: Date },
): Promise<void> {
  const tired = await handedOverTimes(tx, { workspaceId, exceptionIds, times: PING_PONG });
  if (tired.length === 0) return;
  const places = await stepPlaces(tx, { workspaceId, now });
  const items = await readItems(tx, { workspaceId, exceptionIds: tired });
  const raised = items.map((item) => {
    const about = { teamId: item.teamId, ownerId: item.now.owner?.personId };
    return { item, reached: reach(opsLead(item.teamId, places), about, places) };
  });
  const seqs = await changeItems(tx, {
    workspaceId,
    changes: raised.map(({ item, reached }) => ({
      exceptionId: item.exceptionId,
      next: escalated(item.now),
      fact: factOf(item, reached),
    })),
  });
  await enqueueCards(tx, workspaceId, tired);
  const lines = tired.map((exceptionId) => ({ exceptionId, seq: seqs.get(exceptionId) ?? 0n }));
  await insertEventLines(tx, workspaceId, lines);
  const told = raised.map(({ item: { exceptionId, atStake }, reached }) => ({
    step: 'ping_pong' as const,
    exceptionId,
    atStake,
    reached,
  }));
  await tellSteps(tx, workspaceId, told);
}

const factOf = ({ exceptionId, now }: Item, reached: readonly Reached[]): AuditFact => ({
  action: 'exception.ping_pong',
  entity: 'exception',
  entityId: exceptionId,
  actor: { kind: 'program', name: 'hand_over' },
  reason: 'HANDED_OVER_OFTEN',
  state: {
    status: now.status,
    from: now.status,
    version: now.version + 1,
    level: now.level + 1,
    ownerId: now.owner?.personId ?? null,
  },
  data: { hand_overs: PING_PONG, target: reached.map(({ name }) => name).join(', ') },
});
