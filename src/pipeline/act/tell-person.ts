import { type Happening, toldException } from '../../core/message.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';

type Told = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** The event that is told; the same one reaches a person once. */
  readonly seq: bigint;
};

/** These people get a direct message about the exception as it is now, with a button that opens its details. */
export async function tellPeople(
  tx: Tx,
  { workspaceId, exceptionId, seq }: Told,
  { personIds, happening }: { personIds: readonly string[]; happening: Happening },
): Promise<void> {
  const [facts] = await readCardFacts(tx, workspaceId, [exceptionId]);
  if (!facts) throw new Error(`exception ${exceptionId} vanished while somebody was told of it`);
  const payload = { ...happening, exception: toldException(facts) };
  for (const personId of new Set(personIds)) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `told:${exceptionId}:${seq}:${personId}`,
      address: `person:${personId}`,
      exceptionId,
      payload,
    });
  }
}
