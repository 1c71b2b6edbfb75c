import { type RatedGroup, rateGroup } from '../../core/fx.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { decideGroup, type GroupDecision } from '../../core/verify.ts';
import { inputsHash } from '../../db/inputs-hash.ts';
import { readRates } from '../../db/rates.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { countLate } from './count-late.sql.ts';
import { settle } from './settle.sql.ts';
import { type DecidedGroup, storeDecisions } from './store-decisions.sql.ts';
import { type RatedSums, storeRated } from './store-rated.sql.ts';
import { type UndecidedGroup, undecidedGroups } from './undecided-groups.sql.ts';
import { unsettle } from './unsettle.sql.ts';

export type Excepted = UndecidedGroup & {
  readonly rated?: RatedGroup | undefined;
  readonly decision: Extract<GroupDecision, { outcome: 'excepted' }>;
};

export type Validated = {
  /** Groups that need a person; the others are settled in the working tables. */
  readonly excepted: readonly Excepted[];
  /** Groups that came together after they were due. */
  readonly late: number;
};

/**
 * Asks the rules about every group that is not simply equal, and keeps what they say; returns what needs a person. What they have
 * to be told of was gathered before (`gatherTold`).
 */
export async function validate(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; spec: Reconciliation; isStirred: boolean },
): Promise<Validated> {
  const { workspaceId, spec } = input;
  await unsettle(tx, spec);
  await settle(tx, spec);
  const excepted: Excepted[] = [];
  const decided: DecidedGroup[] = [];
  const inOneCurrency: RatedSums[] = [];
  const rates = await readRates(tx, { workspaceId, spec });
  await undecidedGroups(tx, spec, (found) => {
    const rated = rateGroup(spec, rates, found);
    const group = { ...found, sums: rated?.sums ?? found.sums, rated, unrated: rated?.unrated };
    const decision = decideGroup(spec, group);
    if (rated && !rated.unrated)
      inOneCurrency.push({ ...group, inputsHash: inputsHash(group.members, rated.inputs) });
    decided.push({ matchId: group.matchId, decision });
    if (decision.outcome === 'excepted') excepted.push({ ...group, decision });
  });
  await storeDecisions(tx, decided);
  await storeRated(tx, inOneCurrency);
  return { excepted, late: await countLate(tx, input) };
}
