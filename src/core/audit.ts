import { type CanonicalValue, canonical } from './canonical.ts';

/** Who acted: a person, or a program (a run, a timer, the configuration). */
export type Actor =
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'program'; readonly name: string };

export const AUDITED_ACTIONS = [
  'exception.opened',
  'exception.updated',
  'exception.claim',
  'exception.unclaim',
  'exception.resolve',
  'exception.escalate',
  'exception.clear',
  'exception.reopen',
  'exception.hand_over_offer',
  'exception.hand_over',
  'exception.hand_over_decline',
  'exception.hand_over_lapse',
  'exception.wait',
  'exception.resume',
  'exception.note',
  'exception.remind',
  'exception.breach',
  'exception.ping_pong',
  'exception.match',
  'exception.unmatch',
  'exception.never',
  'exception.lift',
  'exception.propose',
  'exception.approve',
  'exception.reject',
  'exception.assign',
  'exception.rule_change',
  'triage.agenda',
  'exception.release',
  'hold.placed',
  'hold.changed',
  'hold.released',
  'adjustment.applied',
  'proposal.made',
  'proposal.approved',
  'proposal.rejected',
  'record.edited',
  'rule.proposed',
  'rule.approved',
  'rule.activated',
  'rule.rejected',
  'rule.expired',
  'governance.denied',
  'governance.self_approval_denied',
  'period.closed',
  'period.opened',
  'api_key.created',
  'api_key.revoked',
  'match.auto_resolved',
  'run.applied',
  'delivery.accepted',
  'delivery.quarantined',
  'delivery.held',
  'delivery.kept_waiting',
  'delivery.released',
  'delivery.rejected',
  'delivery.replayed',
  'config.applied',
  'connector.url_refused',
  'connector.auth_failed',
  'webhook.replayed',
  'person.vouched',
  'person.linked',
  'authz.denied',
  'slack.installed',
  'slack.uninstalled',
  'notification.rerouted',
  'notification.reposted',
  'integration.auth_failed',
] as const;
export type AuditedAction = (typeof AUDITED_ACTIONS)[number];

export type AuditEntity =
  | 'exception'
  | 'match'
  | 'run'
  | 'delivery'
  | 'workspace'
  | 'person'
  | 'hold'
  | 'api_key'
  | 'feed'
  | 'card'
  | 'adjustment'
  | 'triage_meeting'
  | 'proposal'
  | 'rule_change'
  | 'record';

/**
 * One fact of the trail. For an exception it carries the whole state it leads to (`state`), so that replaying the trail
 * gives the table; amounts are decimal strings of minor units.
 */
export type AuditFact = {
  readonly action: AuditedAction;
  readonly entity: AuditEntity;
  readonly entityId: string;
  readonly actor: Actor;
  /** The request that asked for it, so that an ambiguous commit can be looked up. */
  readonly requestKey?: string | undefined;
  readonly reason?: string | undefined;
  readonly note?: string | undefined;
  readonly state?: ExceptionState | undefined;
  readonly data?: { readonly [key: string]: CanonicalValue } | undefined;
};

export type ExceptionState = {
  readonly status: string;
  readonly from?: string | undefined;
  readonly version: number;
  readonly level: number;
  readonly ownerId: string | null;
};

/** The canonical bytes of a fact, as they are hashed and kept. Changing a shape here needs a new `v`. */
export function auditBody(fact: AuditFact): string {
  const { state } = fact;
  return canonical(
    stripUndefined({
      v: 1,
      action: fact.action,
      entity: fact.entity,
      entity_id: fact.entityId,
      actor: fact.actor,
      request: fact.requestKey,
      reason: fact.reason,
      note: fact.note,
      state:
        state &&
        stripUndefined({
          status: state.status,
          from: state.from,
          version: state.version,
          level: state.level,
          owner_id: state.ownerId,
        }),
      data: fact.data,
    }),
  );
}

function stripUndefined(value: { readonly [key: string]: CanonicalValue | undefined }): CanonicalValue {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, CanonicalValue] => entry[1] !== undefined),
  );
}
