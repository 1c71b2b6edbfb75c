import {
  type Condition,
  type FieldRef,
  isAboutAmounts,
  type Term,
  termsOf,
} from '../../core/expression/term.ts';
import type { Reconciliation, Side, VerifyRule } from '../../core/spec.ts';
import { amountSql, fieldSql, type SqlPart, testSql } from '../../db/condition.sql.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Takes `equal` back from the groups of which a rule about more than amounts has something to say, so that they are decided
 * like those whose sums differ. All others never leave the database.
 */
export async function unsettle(tx: Tx, spec: Reconciliation): Promise<void> {
  for (const rule of spec.verify) {
    if (!isAboutAmounts(rule.expect)) await unsettleBy(tx, rule);
  }
}

async function unsettleBy(tx: Tx, rule: VerifyRule): Promise<void> {
  const failing = failingGroups(tx, rule.expect);
  // A failed `else` raises; a `then` that holds settles with its reason.
  const spoken = [
    ...(rule.else ? [tx`(g.pass, g.group_key) in (select pass, group_key from failing)`] : []),
    ...(rule.then ? [tx`(g.pass, g.group_key) not in (select pass, group_key from failing)`] : []),
  ];
  if (spoken.length === 0) return;
  const isSpokenOf = spoken.reduce((all, one) => tx`${all} or ${one}`);
  await tx`
    with failing as materialized (${failing})
    update planned_group g set outcome = null where g.outcome = 'equal' and (${isSpokenOf})`;
}

/** The equal groups for which a condition does not hold, for at least one of the records that it speaks of one by one. */
function failingGroups(tx: Tx, condition: Condition): SqlPart {
  const ofGroup = new Map<Term, SqlPart>();
  const columns: SqlPart[] = [];
  for (const term of termsOf(condition.test)) {
    if (term.kind === 'amount') ofGroup.set(term, amountSql(tx, term.name, 'g'));
    if (term.kind !== 'aggregate' && term.kind !== 'count') continue;
    const name = `v${columns.length + 1}`;
    columns.push(tx`${aggregateSql(tx, term)} as ${tx(name)}`);
    ofGroup.set(term, tx`v.${tx(name)}`);
  }
  const row = { expected: 'e', actual: 'a' };
  const test = testSql(condition.test, { tx, row, currency: tx`g.currency`, ofGroup });
  return tx`
    select distinct g.pass, g.group_key
    from planned_group g
    ${columns.length > 0 ? valuesJoin(tx, columns) : tx``}
    ${condition.each.includes('expected') ? memberJoin(tx, 'expected', row.expected) : tx``}
    ${condition.each.includes('actual') ? memberJoin(tx, 'actual', row.actual) : tx``}
    where g.outcome = 'equal' and not ${test}`;
}

function valuesJoin(tx: Tx, columns: readonly SqlPart[]): SqlPart {
  const list = columns.reduce((all, column) => tx`${all}, ${column}`);
  return tx`
    join (
      select m.pass, m.group_key, ${list}
      from planned_member m
      join pool p on p.record_id = m.record_id
      group by m.pass, m.group_key
    ) v on v.pass = g.pass and v.group_key = g.group_key`;
}

const memberJoin = (tx: Tx, side: Side, alias: string): SqlPart => tx`
  join (
    select m.pass, m.group_key, p.*
    from planned_member m
    join pool p on p.record_id = m.record_id
    where m.side = ${side}
  ) ${tx(alias)} on ${tx(alias)}.pass = g.pass and ${tx(alias)}.group_key = g.group_key`;

function aggregateSql(tx: Tx, term: Extract<Term, { kind: 'aggregate' | 'count' }>): SqlPart {
  if (term.kind === 'count') return tx`count(*) filter (where p.side = ${term.side})`;
  const value = term.of === 'distinct' ? textSql : (field: FieldRef) => fieldSql(tx, field, 'p');
  const cases = term.fields.map((field) => tx`when ${field.side}::text then ${value(field, tx)}`);
  const chosen = tx`case p.side ${cases.reduce((all, one) => tx`${all} ${one}`)} end`;
  return AGGREGATES[term.of](tx, chosen);
}

const textSql = ({ name, isAmount }: FieldRef, tx: Tx): SqlPart =>
  isAmount ? tx`p.amount_minor || ' ' || p.currency` : tx`nullif(p.fields::json ->> ${name}::text, '')`;

const AGGREGATES = {
  sum: (tx: Tx, values: SqlPart): SqlPart => tx`sum(${values})`,
  min: (tx: Tx, values: SqlPart): SqlPart => tx`min(${values})`,
  max: (tx: Tx, values: SqlPart): SqlPart => tx`max(${values})`,
  distinct: (tx: Tx, values: SqlPart): SqlPart => tx`count(distinct ${values})`,
} as const;
