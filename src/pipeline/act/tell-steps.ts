import { storedMoney, toldException } from '../../core/message.ts';
import { type StepMessage, stepMessages, type Told } from '../../core/step-notices.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import { newId } from '../../db/new-id.ts';
import { insertNotices } from '../../db/outbox/insert-notices.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** One message per address and kind of step, with the facts of what it lists as they are now. */
export async function tellSteps(tx: Tx, workspaceId: string, told: readonly Told[]): Promise<void> {
  const messages = stepMessages(told);
  if (messages.length === 0) return;
  const ids = [...new Set(messages.flatMap(({ exceptionIds }) => exceptionIds))];
  const facts = new Map((await readCardFacts(tx, workspaceId, ids)).map((one) => [one.exceptionId, one]));
  // Told once, in this transaction: an id of its own is name enough.
  const tellingId = newId();
  await insertNotices(
    tx,
    messages.map((message) => ({
      workspaceId,
      dedupeKey: `sla:${tellingId}:${message.step}:${message.address}`,
      address: message.address,
      ...only(message),
      payload: {
        notice: 'step' as const,
        step: message.step,
        count: message.count,
        total: message.total ? storedMoney(message.total) : null,
        exceptions: message.exceptionIds.flatMap((id) => {
          const one = facts.get(id);
          return one ? [toldException(one)] : [];
        }),
      },
    })),
  );
}

/** A message about one exception is its message. */
const only = ({ count, exceptionIds: [id] }: StepMessage): { exceptionId?: string } =>
  count === 1 && id !== undefined ? { exceptionId: id } : {};
