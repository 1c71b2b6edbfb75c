import type { CardFacts } from '../../core/card.ts';
import { exceptionLabel } from '../../core/ids.ts';
import type { NoticeFact } from '../../core/message.ts';
import { formatMoney } from '../../core/money.ts';
import { typeTitle } from '../../core/words.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import { enqueueNotice } from '../../db/outbox/enqueue.ts';
import type { Tx } from '../../db/tx.ts';

type Told = {
  readonly workspaceId: string;
  readonly exceptionId: string;
  /** The event that is told; the same one reaches a person once. */
  readonly seq: bigint;
};

type Words = {
  /** What happened, after `EX-1042 Missing invoice`. */
  readonly what: string;
  readonly body: string;
  readonly facts?: readonly NoticeFact[];
  readonly isOffer?: boolean;
};

/** These people get a direct message about the exception as it is now, with a button that opens its details. */
export async function tellPeople(
  tx: Tx,
  { workspaceId, exceptionId, seq }: Told,
  { personIds, words }: { personIds: readonly string[]; words: Words },
): Promise<void> {
  const [facts] = await readCardFacts(tx, workspaceId, [exceptionId]);
  if (!facts) throw new Error(`exception ${exceptionId} vanished while somebody was told of it`);
  const payload = {
    title: `${exceptionLabel(facts.number)} ${typeTitle(facts.type)} ${words.what}`,
    body: words.body,
    facts: [...factsOf(facts), ...(words.facts ?? [])],
    exception: { id: exceptionId, version: facts.version, isOffer: words.isOffer ?? false },
  };
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

const factsOf = (facts: CardFacts): NoticeFact[] => [
  { label: 'At stake', value: formatMoney(facts.atStake) },
  ...(facts.client ? [{ label: 'Client', value: facts.client }] : []),
  ...(facts.orderRef ? [{ label: 'Order', value: facts.orderRef }] : []),
  { label: 'Owner', value: facts.owner?.name ?? `nobody (team ${facts.team.name})` },
  { label: 'Due', value: { instant: facts.dueAt.toISOString() } },
];
