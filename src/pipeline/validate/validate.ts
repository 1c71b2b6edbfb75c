import type { Reconciliation } from '../../core/spec.ts';
import { decideGroup, type GroupDecision } from '../../core/verify.ts';
import type { Tx } from '../../db/tx.ts';
import { countLate } from './count-late.sql.ts';
import { type DecidedGroup, storeDecisions } from './store-decisions.sql.ts';
import { type UndecidedGroup, undecidedGroups } from './undecided-groups.sql.ts';
import { unsettle } from './unsettle.sql.ts';

export type Decided<Outcome extends GroupDecision['outcome']> = UndecidedGroup & {
  readonly decision: Extract<GroupDecision, { outcome: Outcome }>;
};

export type Validated = {
  readonly autoResolved: readonly Decided<'auto_resolved'>[];
  readonly excepted: readonly Decided<'excepted'>[];
  /** Groups that came together after they were due. */
  readonly late: number;
};

/** What the rules say of every group that is not simply equal: those settled by a rule, and those that need a person. */
export async function validate(tx: Tx, spec: Reconciliation): Promise<Validated> {
  await unsettle(tx, spec);
  const autoResolved: Decided<'auto_resolved'>[] = [];
  const excepted: Decided<'excepted'>[] = [];
  const decided: DecidedGroup[] = [];
  for await (const groups of undecidedGroups(tx)) {
    for (const group of groups) {
      const decision = decideGroup(spec, group);
      decided.push({ pass: group.pass, key: group.key, decision });
      if (decision.outcome === 'auto_resolved') autoResolved.push({ ...group, decision });
      if (decision.outcome === 'excepted') excepted.push({ ...group, decision });
    }
  }
  await storeDecisions(tx, decided);
  return { autoResolved, excepted, late: await countLate(tx, spec) };
}
