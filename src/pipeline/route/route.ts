import type { ExceptionDraft } from '../../core/classify.ts';
import type { Organisation } from '../../core/organisation.ts';
import type { PlannedException } from '../../core/plan.ts';
import { ownershipOf } from '../../core/route.ts';
import { dueAt, type SlaTerm } from '../../core/sla.ts';
import { payeeOf, type Reconciliation } from '../../core/spec.ts';
import { inputsHash } from '../../db/inputs-hash.ts';

type Routing = {
  readonly organisation: Pick<Organisation, 'ownership' | 'calendar'>;
  readonly spec: Reconciliation;
  readonly now: Date;
};

/** Gives every draft its owner and due time: the first row of the ownership matrix that matches, and that row's SLA. */
export const route = (drafts: readonly ExceptionDraft[], by: Routing): PlannedException[] =>
  drafts.map(router(by));

/** Routes drafts one by one, for whoever has many of them. */
export function router({ organisation, spec, now }: Routing): (draft: ExceptionDraft) => PlannedException {
  const dueOf = once((sla: SlaTerm) => dueAt(now, sla, organisation.calendar));
  return (draft) => {
    const ownership = ownershipOf(organisation.ownership, {
      reconciliation: spec.key,
      domain: spec.domain,
      type: draft.type,
      severity: draft.severity,
      client: draft.client,
      atStake: { minor: draft.atStakeMinor, currency: draft.currency },
    });
    // Name by name: of a copy of the draft with more to it, V8 keeps a description for each of a hundred thousand (2026-11-30: 62 MB).
    return {
      fingerprint: draft.fingerprint,
      type: draft.type,
      reason: draft.reason,
      severity: draft.severity,
      client: draft.client,
      orderRef: draft.orderRef,
      expectedMinor: draft.expectedMinor,
      actualMinor: draft.actualMinor,
      atStakeMinor: draft.atStakeMinor,
      currency: draft.currency,
      findings: draft.findings,
      isAwaited: draft.isAwaited,
      members: draft.members.map(({ recordId, side, version }) => ({ recordId, side, version })),
      inputsHash: inputsHash(draft.members, draft.inputs),
      ownership,
      payee: payeeOf(spec, draft.members),
      dueAt: dueOf(ownership.sla),
    };
  };
}

/** Asks once for each thing: a night has thousands of exceptions, all opened at one instant, and a handful of promises. */
function once<K, V>(ask: (thing: K) => V): (thing: K) => V {
  const known = new Map<K, V>();
  return (thing) => {
    const value = known.get(thing) ?? ask(thing);
    known.set(thing, value);
    return value;
  };
}
