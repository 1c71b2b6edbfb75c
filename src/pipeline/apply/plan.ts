import { createHash } from 'node:crypto';
import { canonical } from '../../core/canonical.ts';
import { type Change, fingerprintOf, type PlannedException, planChanges } from '../../core/plan.ts';
import { NOTHING_STANDS } from '../../core/standing.ts';
import { untilSent } from '../../db/in-turns.ts';
import type { Tx } from '../../db/tx.ts';
import { changedRejections } from './changed-rejections.sql.ts';
import { type MatchPlan, planMatches } from './plan-matches.sql.ts';
import { recordedExceptions } from './recorded-exceptions.sql.ts';

export type Plan = {
  readonly matches: MatchPlan;
  readonly changes: readonly Change[];
  /** Unpaired records of which something else is said than before: what came close, and why it was not taken. */
  readonly rejections: { readonly records: number; readonly digest: string };
  /** Equal plans, equal hash; what is applied is what was hashed. */
  readonly hash: string;
};

/** What the plan changes besides exceptions. */
export type Compared = Pick<Plan, 'matches' | 'rejections'>;

/** Compares matches and rejected candidates with what is on the record. Writes nothing but working tables. */
export async function compare(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; runId: string; isStirred: boolean },
): Promise<Compared> {
  const matches = await planMatches(tx, input);
  return { matches, rejections: await changedRejections(tx, input) };
}

/** Compares the exceptions that were found with those on the record, and puts the plan together. Writes nothing. */
export async function plan(
  tx: Tx,
  input: { workspaceId: string; reconciliationId: string; isStirred: boolean },
  { planned, compared }: { planned: readonly PlannedException[]; compared: Compared },
): Promise<Plan> {
  const recorded = await recordedExceptions(tx, {
    ...input,
    fingerprints: planned.map((exception) => exception.fingerprint),
  });
  await untilSent();
  const changes = planChanges(planned, recorded);
  return { ...compared, changes, hash: hashOf({ ...compared, changes }) };
}

function hashOf({ matches, changes, rejections }: Omit<Plan, 'hash'>): string {
  const lines = changes.map((change) => [
    change.kind,
    fingerprintOf(change),
    change.kind === 'clear' ? '' : change.planned.inputsHash,
    change.kind === 'clear' ? '' : `${change.planned.severity} ${change.planned.reason}`,
  ]);
  const text = canonical([
    matches.made,
    matches.superseded,
    matches.digest,
    lines,
    // Left out where nothing is said, so that the hash of a plan without similar passes stays what it was.
    ...(rejections.records === 0 ? [] : [rejections.records, rejections.digest]),
  ]);
  return createHash('sha256').update(text).digest('hex');
}

/** The hash of a plan that changes nothing. */
export const NOTHING_PLANNED = hashOf({
  matches: { made: 0, superseded: 0, autoResolved: 0, digest: '0', planned: NOTHING_STANDS },
  changes: [],
  rejections: { records: 0, digest: '0' },
});

export const isEmptyPlan = (plan: Plan): boolean => plan.changes.length === 0 && !changesMatches(plan);

/** Enough to know, before exceptions are compared, that the plan is not empty. */
export const changesMatches = ({ matches, rejections }: Compared): boolean =>
  matches.made > 0 || matches.superseded > 0 || rejections.records > 0;
