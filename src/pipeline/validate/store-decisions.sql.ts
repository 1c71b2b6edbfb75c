import type { GroupDecision } from '../../core/verify.ts';
import type { Tx } from '../../db/tx.ts';

export type DecidedGroup = { readonly matchId: string; readonly decision: GroupDecision };

/** Writes decisions taken in TypeScript back onto the planned groups. */
export async function storeDecisions(tx: Tx, decided: readonly DecidedGroup[]): Promise<void> {
  if (decided.length === 0) return;
  const reasonOf = ({ decision }: DecidedGroup) =>
    decision.outcome === 'auto_resolved' ? decision.reason : null;
  const ruleOf = ({ decision }: DecidedGroup) =>
    decision.outcome === 'equal' ? null : (decision.rule ?? null);
  await tx`
    update planned_group g
    set outcome = d.outcome, rule = d.rule, reason = d.reason
    from unnest(${decided.map(({ matchId }) => matchId)}::uuid[],
                ${decided.map((group) => group.decision.outcome)}::text[], ${decided.map(ruleOf)}::text[],
                ${decided.map(reasonOf)}::text[]) as d (match_id, outcome, rule, reason)
    where g.outcome is null and g.match_id = d.match_id`;
}
