import type { CardFacts } from '../../core/card.ts';
import { configured } from '../../core/configured.ts';
import type { Explanation } from '../../core/explanation.ts';
import { readDetails } from '../../pipeline/act/details.ts';
import { explanationOf } from '../../pipeline/report/explain-exception.ts';
import type { Details } from '../views/details.ts';
import type { ListenerContext } from './context.ts';

/** Why the documents of an exception are matched or not, by the rules as configured. */
export const explained = (context: ListenerContext, facts: CardFacts): Promise<Explanation> =>
  explanationOf(context.sql, {
    workspaceId: context.workspaceId,
    facts,
    specs: context.reconciliations,
  });

/** Everything that Details show of an exception as it is now; undefined when there is none. */
export async function readExplained(
  context: ListenerContext,
  exceptionId: string,
): Promise<Details | undefined> {
  const details = await readDetails(context.sql, { workspaceId: context.workspaceId, exceptionId });
  if (!details) return undefined;
  const explanation = await explained(context, details.facts);
  return { ...details, facts: configured(details.facts, context.organisation), explanation };
}
