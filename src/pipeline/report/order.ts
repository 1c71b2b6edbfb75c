import type { CardFacts, HistoryLine, MemberLine } from '../../core/card.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import { readMembers } from '../../db/cards/members.sql.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { ordersLike } from './near-orders.sql.ts';
import { exceptionsOfOrder } from './order-ids.sql.ts';
import { type OrderRecord, recordsOfOrder } from './order-records.sql.ts';

export type OrderException = {
  readonly facts: CardFacts;
  readonly members: readonly MemberLine[];
  readonly history: readonly HistoryLine[];
};

export type OrderReport = {
  readonly orderRef: string;
  readonly records: readonly OrderRecord[];
  readonly exceptions: readonly OrderException[];
  /** References that look like the one asked for, when nothing carries it. */
  readonly didYouMean: readonly string[];
};

/** Everything on the record about one order: its documents, what they are matched as, its exceptions and their history. */
export async function orderReport(
  sql: Sql,
  { workspaceId, orderRef }: { workspaceId: string; orderRef: string },
): Promise<OrderReport> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const records = await recordsOfOrder(tx, workspaceId, orderRef);
      const ids = await exceptionsOfOrder(tx, workspaceId, orderRef);
      const cards = await readCardFacts(tx, workspaceId, ids);
      const histories = await historyOf(tx, workspaceId, ids);
      const members = await readMembers(tx, workspaceId, ids);
      const exceptions = cards.map((facts) => ({
        facts,
        members: members.get(facts.exceptionId) ?? [],
        history: histories.get(facts.exceptionId) ?? [],
      }));
      const isKnown = records.length > 0 || exceptions.length > 0;
      const didYouMean = isKnown ? [] : await ordersLike(tx, workspaceId, orderRef);
      return { orderRef, records, exceptions, didYouMean };
    },
    { snapshot: true },
  );
}
