import type { CardFacts, HistoryLine, MemberLine } from '../../core/card.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import { readMembers } from '../../db/cards/members.sql.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';

export type Details = {
  readonly facts: CardFacts;
  readonly members: readonly MemberLine[];
  readonly history: readonly HistoryLine[];
};

/** Everything there is to see about one exception: its card, both sides' documents, and its whole history. */
export async function readDetails(
  sql: Sql,
  { workspaceId, exceptionId }: { workspaceId: string; exceptionId: string },
): Promise<Details | undefined> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const [facts] = await readCardFacts(tx, workspaceId, [exceptionId]);
    if (!facts) return undefined;
    const members = await readMembers(tx, workspaceId, [exceptionId]);
    const histories = await historyOf(tx, workspaceId, [exceptionId]);
    return { facts, members: members.get(exceptionId) ?? [], history: histories.get(exceptionId) ?? [] };
  });
}
