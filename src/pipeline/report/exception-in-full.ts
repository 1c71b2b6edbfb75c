import type { CardFacts, HistoryLine, MemberLine } from '../../core/card.ts';
import type { Explanation } from '../../core/explanation.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import { readMembers } from '../../db/cards/members.sql.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { exceptionByNumber } from './exception-by-number.sql.ts';
import { explain } from './explain.ts';

/** One exception with its documents, why they are paired or not, and its whole trail, the oldest first. */
export type ExceptionInFull = {
  readonly facts: CardFacts;
  readonly members: readonly MemberLine[];
  readonly explanation: Explanation;
  readonly history: readonly HistoryLine[];
};

/** Everything on the record about one exception, of one snapshot; undefined when there is none of this number. */
export async function exceptionInFull(
  sql: Sql,
  { workspaceId, number, specs }: { workspaceId: string; number: number; specs: readonly Reconciliation[] },
): Promise<ExceptionInFull | undefined> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const id = await exceptionByNumber(tx, workspaceId, number);
      const [facts] = id === undefined ? [] : await readCardFacts(tx, workspaceId, [id]);
      if (!facts) return undefined;
      const { exceptionId, memberCount } = facts;
      const members = await readMembers(tx, workspaceId, [exceptionId]);
      const histories = await historyOf(tx, workspaceId, [exceptionId]);
      return {
        facts,
        members: members.get(exceptionId) ?? [],
        explanation: await explain(tx, { workspaceId, exceptionId, memberCount, specs }),
        history: histories.get(exceptionId) ?? [],
      };
    },
    { snapshot: true },
  );
}
