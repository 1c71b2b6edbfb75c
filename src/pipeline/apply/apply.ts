import type { Organisation } from '../../core/organisation.ts';
import type { Change } from '../../core/plan.ts';
import type { Reconciliation } from '../../core/spec.ts';
import { once } from '../../db/once.ts';
import type { Tx } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { applyAutoResolved } from './apply-auto-resolved.ts';
import { applyExceptions } from './apply-exceptions.ts';
import { applyMatches } from './apply-matches.sql.ts';
import type { Plan } from './plan.ts';
import { replaceRejections } from './replace-rejections.sql.ts';
import { teamIds } from './team-ids.sql.ts';

/** Applies exactly the plan: matches, exceptions, audit events and outbox rows, or none of them. */
export async function apply(
  tx: Tx,
  input: {
    readonly workspaceId: string;
    readonly reconciliationId: string;
    readonly runId: string;
    readonly spec: Reconciliation;
    readonly organisation: Pick<Organisation, 'flood'>;
    readonly now: Date;
  },
  plan: Plan,
): Promise<Change[]> {
  const teams = await teamIds(tx, input.workspaceId);
  const { flood } = input.organisation;
  const store = once(async () => {
    await applyMatches(tx, input);
    await replaceRejections(tx, input);
  });
  const about = { ...input, domain: input.spec.domain, teams, flood, meanwhile: store };
  const applied = await applyExceptions(tx, about, plan.changes);
  await applyAutoResolved(tx, input, store);
  await appendAudit(tx, {
    workspaceId: input.workspaceId,
    facts: [
      {
        action: 'run.applied',
        entity: 'run',
        entityId: input.runId,
        actor: { kind: 'program', name: 'run' },
        data: {
          reconciliation: input.spec.key,
          plan_hash: plan.hash,
          matches_made: plan.matches.made,
          matches_superseded: plan.matches.superseded,
          exceptions_changed: applied.length,
        },
      },
    ],
  });
  return applied.map(({ change }) => change);
}
