import type { AuditedAction } from './audit.ts';

/**
 * Raise it with every change after which the same records may be decided otherwise: runs then look at everything once more,
 * although nothing came in.
 */
export const ENGINE = 8;

/**
 * What happens on the record without any run deciding otherwise for it: who has an exception and what they say, and what
 * keeps the product going. Everything else that is audited is news for the next run.
 */
export const NO_NEWS = [
  'exception.claim',
  'exception.unclaim',
  'exception.escalate',
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
  'exception.assign',
  'exception.rule_change',
  'triage.agenda',
  'rule.proposed',
  'rule.approved',
  'rule.rejected',
  'rule.expired',
  'governance.denied',
  'governance.self_approval_denied',
  'api_key.created',
  'api_key.revoked',
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
] as const satisfies readonly AuditedAction[];

/**
 * News that changes records, or what people and runs do with exceptions, and nothing else by which groups are settled: after
 * it a run may leave settled groups alone whose records are as they were (core/resting.ts).
 */
export const ONLY_RECORDS = [
  ...NO_NEWS,
  'delivery.accepted',
  'delivery.quarantined',
  'delivery.held',
  'delivery.kept_waiting',
  'delivery.released',
  'delivery.rejected',
  'delivery.replayed',
  'record.edited',
  'run.applied',
  'match.auto_resolved',
  'exception.opened',
  'exception.updated',
  'exception.clear',
  'exception.reopen',
  'exception.resolve',
  'exception.release',
  'exception.propose',
  'exception.approve',
  'exception.reject',
  'hold.placed',
  'hold.changed',
  'hold.released',
  'adjustment.applied',
  'proposal.made',
  'proposal.approved',
  'proposal.rejected',
] as const satisfies readonly AuditedAction[];

/** Of that, what changes records without listing which. */
const UNLISTED: readonly AuditedAction[] = [
  'delivery.replayed',
  'record.edited',
  'adjustment.applied',
  'proposal.approved',
];

/** News after which every record that changed is listed with the delivery that changed it. */
export const LISTED: readonly AuditedAction[] = ONLY_RECORDS.filter((action) => !UNLISTED.includes(action));
