import { isAboutAmounts } from '../../core/expression/term.ts';
import { ONE_SIDED } from '../../core/one-sided.ts';
import { comparesAmounts, type Reconciliation, type VerifyRule } from '../../core/spec.ts';
import { type SqlPart, sumsTest, UNITS_SQL } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Settles the groups whose sums differ as the rules about sums allow, which no record has to leave the database for. The
 * rule is `decideGroup` of core/verify.ts, as far as it needs nothing but sums: rules are read from the top until one raises
 * or asks for more. What is left is decided there; a property test holds them equal.
 */
export async function settle(tx: Tx, spec: Reconciliation): Promise<void> {
  const rules = leadingRules(spec);
  if (!comparesAmounts(spec) || !rules.some((rule) => rule.then)) return;
  const steps = rules.map((rule, nth) => stepOf(tx, rule, nth + 1)).reduce((all, one) => tx`${all} ${one}`);
  await tx`
    with ${UNITS_SQL(tx)}
    update planned_group g
    set outcome = 'auto_resolved', rule = r.rule, reason = r.reason
    from unit u, unnest(${rules.map(({ id }) => id)}::text[], ${rules.map(({ reason }) => reason)}::text[])
      with ordinality as r (rule, reason, nth)
    where u.code = g.currency::char(3) and g.outcome is null and g.pass <> all(${Object.keys(ONE_SIDED)}::text[])
      and g.without_amount = 0 and g.expected_minor is distinct from g.actual_minor
      and r.nth = case ${steps} end`;
}

/** The rules that are asked before one that speaks of more than sums. */
function leadingRules({ verify }: Reconciliation): readonly VerifyRule[] {
  const first = verify.findIndex(({ expect }) => !isAboutAmounts(expect));
  return first < 0 ? verify : verify.slice(0, first);
}

/** What a rule makes of a group: settled by it, raised (which is no number), or on to the next. */
function stepOf(tx: Tx, rule: VerifyRule, nth: number): SqlPart {
  const holds = sumsTest(tx, rule.expect, { group: 'g', unit: 'u' });
  const settled = rule.then ? tx`when ${holds} then ${nth}::bigint` : tx``;
  return rule.else ? tx`${settled} when not ${holds} then null` : settled;
}
