import type { HistoryLine, MemberLine } from '../../core/card.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { historyOf } from '../../db/cards/history.sql.ts';
import { readMembers } from '../../db/cards/members.sql.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { type ExceptionExplained, explained } from './explain-exception.ts';

/** One exception with its documents, why they are paired or not, and its whole trail, the oldest first. */
export type ExceptionInFull = ExceptionExplained & {
  readonly members: readonly MemberLine[];
  readonly history: readonly HistoryLine[];
};

/** Everything on the record about one exception, of one snapshot; undefined when there is none of this number. */
export async function exceptionInFull(
  sql: Sql,
  asked: { workspaceId: string; number: number; specs: readonly Reconciliation[] },
): Promise<ExceptionInFull | undefined> {
  const { workspaceId } = asked;
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const one = await explained(tx, asked);
      if (!one) return undefined;
      const { exceptionId } = one.facts;
      const members = await readMembers(tx, workspaceId, [exceptionId]);
      const histories = await historyOf(tx, workspaceId, [exceptionId]);
      return { ...one, members: members.get(exceptionId) ?? [], history: histories.get(exceptionId) ?? [] };
    },
    { snapshot: true },
  );
}
