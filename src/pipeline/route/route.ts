import type { ExceptionDraft } from '../../core/classify.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PlannedException } from '../../core/plan.ts';
import { ownershipOf } from '../../core/route.ts';
import { dueAt } from '../../core/sla.ts';
import { payeeOf, type Reconciliation } from '../../core/spec.ts';
import { inputsHash } from '../../db/inputs-hash.ts';

/** Gives every draft its owner and due time: the first row of the ownership matrix that matches, and that row's SLA. */
export function route(
  drafts: readonly ExceptionDraft[],
  {
    organisation,
    spec,
    now,
  }: { organisation: Pick<Organisation, 'ownership' | 'calendar'>; spec: Reconciliation; now: Date },
): PlannedException[] {
  return drafts.map((draft) => {
    const ownership = ownershipOf(organisation.ownership, {
      reconciliation: spec.key,
      domain: spec.domain,
      type: draft.type,
      severity: draft.severity,
      client: draft.client,
      atStake: { minor: draft.atStakeMinor, currency: draft.currency },
    });
    return {
      ...draft,
      inputsHash: inputsHash(draft.members, draft.inputs),
      ownership,
      payee: payeeOf(spec, draft.members),
      dueAt: dueAt(now, ownership.sla, organisation.calendar),
    };
  });
}
