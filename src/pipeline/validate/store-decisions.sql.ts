import type { GroupDecision } from '../../core/verify.ts';
import type { Tx } from '../../db/tx.ts';

export type DecidedGroup = { readonly pass: string; readonly key: string; readonly decision: GroupDecision };

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
    from unnest(${decided.map((group) => group.pass)}::text[], ${decided.map((group) => group.key)}::text[],
                ${decided.map((group) => group.decision.outcome)}::text[], ${decided.map(ruleOf)}::text[],
                ${decided.map(reasonOf)}::text[]) as d (pass, group_key, outcome, rule, reason)
    where g.pass = d.pass and g.group_key = d.group_key`;
}
