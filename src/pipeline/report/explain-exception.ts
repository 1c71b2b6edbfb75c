import type { CardFacts } from '../../core/card.ts';
import type { Explanation } from '../../core/explanation.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { exceptionByNumber } from './exception-by-number.sql.ts';
import { explain } from './explain.sql.ts';

export type ExceptionExplained = { readonly facts: CardFacts; readonly explanation: Explanation };

/** One exception and why its records are paired or not; undefined when there is none of this number. */
export async function explainException(
  sql: Sql,
  { workspaceId, number }: { workspaceId: string; number: number },
): Promise<ExceptionExplained | undefined> {
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const id = await exceptionByNumber(tx, workspaceId, number);
      const [facts] = id === undefined ? [] : await readCardFacts(tx, workspaceId, [id]);
      return facts && { facts, explanation: await explain(tx, workspaceId, facts.exceptionId) };
    },
    { snapshot: true },
  );
}
