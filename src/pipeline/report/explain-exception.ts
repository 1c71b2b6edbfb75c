import type { CardFacts } from '../../core/card.ts';
import type { Explanation } from '../../core/explanation.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { readCardFacts } from '../../db/cards/card-facts.sql.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { exceptionByNumber } from './exception-by-number.sql.ts';
import { explain } from './explain.ts';

/** Why the records of an exception, whose facts are read already, are paired or not. */
export async function explanationOf(
  sql: Sql,
  asked: { workspaceId: string; facts: CardFacts; specs: readonly Reconciliation[] },
): Promise<Explanation> {
  const { workspaceId, facts, specs } = asked;
  const { exceptionId, memberCount } = facts;
  return await inWorkspace(
    sql,
    workspaceId,
    (tx) => explain(tx, { workspaceId, exceptionId, memberCount, specs }),
    { snapshot: true },
  );
}

export type ExceptionExplained = { readonly facts: CardFacts; readonly explanation: Explanation };

/** One exception and why its records are paired or not; undefined when there is none of this number. */
export async function explainException(
  sql: Sql,
  { workspaceId, number, specs }: { workspaceId: string; number: number; specs: readonly Reconciliation[] },
): Promise<ExceptionExplained | undefined> {
  return await inWorkspace(sql, workspaceId, (tx) => explained(tx, { workspaceId, number, specs }), {
    snapshot: true,
  });
}

/** The same in the snapshot of a caller who reads more of it. */
export async function explained(
  tx: Tx,
  { workspaceId, number, specs }: { workspaceId: string; number: number; specs: readonly Reconciliation[] },
): Promise<ExceptionExplained | undefined> {
  const id = await exceptionByNumber(tx, workspaceId, number);
  const [facts] = id === undefined ? [] : await readCardFacts(tx, workspaceId, [id]);
  if (!facts) return undefined;
  const { exceptionId, memberCount } = facts;
  return { facts, explanation: await explain(tx, { workspaceId, exceptionId, memberCount, specs }) };
}
