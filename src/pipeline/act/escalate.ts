import { escalated, keepable, readNote } from '../../core/act.ts';
import { toldException } from '../../core/message.ts';
import type { Refusal } from '../../core/refusal.ts';
import { accept, type Result, refuse } from '../../core/result.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import type { Sql } from '../../db/client.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';
import { type Acted, type ActInput, act } from './act.ts';
import { type EscalationTarget, findTarget, type Target } from './find-target.sql.ts';

export type EscalateInput = ActInput & {
  readonly reason: string;
  readonly target: EscalationTarget;
};

/** Raises the level by one and tells the target why; status and owner stay as they are. */
export const escalate = (sql: Sql, input: EscalateInput): Promise<Result<Acted, Refusal>> =>
  act(sql, input, {
    action: 'escalate',
    audited: 'exception.escalate',
    decide: async (facts, tx) => {
      const reason = readNote(input.reason);
      if (!reason.ok) return reason;
      if (reason.value === undefined) return refuse({ code: 'reason_required' });
      const key = keepable(input.target.key);
      const target = await findTarget(tx, input.workspaceId, { kind: input.target.kind, key });
      if (!target) return refuse({ code: 'unknown_target', given: key });
      const said = reason.value;
      return accept({
        next: escalated(facts),
        reason: 'ESCALATED',
        note: said,
        data: {
          target: target.name,
          target_address: target.address,
          ...(target.standIn === null ? {} : { stand_in: target.standIn }),
        },
        also: (transaction, seq) => tellTarget(transaction, input, { target, said, seq }),
      });
    },
  });

async function tellTarget(
  tx: Tx,
  { workspaceId, exceptionId, personId }: EscalateInput,
  { target, said, seq }: { target: Target; said: string; seq: bigint },
): Promise<void> {
  const [facts] = await readCardFacts(tx, workspaceId, [exceptionId]);
  if (!facts) throw new Error(`exception ${exceptionId} vanished while it was escalated`);
  const by = facts.history.findLast((line) => line.actor?.personId === personId)?.actor?.name;
  await enqueueNotice(tx, {
    workspaceId,
    dedupeKey: `escalated:${exceptionId}:${seq}`,
    address: target.address,
    exceptionId,
    payload: {
      notice: 'escalated',
      target: target.name,
      standIn: target.standIn,
      by: by ?? null,
      note: said,
      exception: toldException(facts),
    },
  });
}
