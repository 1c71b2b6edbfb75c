import type { AuditFact } from '../../core/audit.ts';

const SENDER = { kind: 'program', name: 'sender' } as const;

type Reposted = {
  readonly outboxId: string;
  readonly exceptionId: string | undefined;
  readonly channelId: string;
  readonly ts: string;
};

/** For the trail: a card that somebody deleted in Slack, or that Slack would not have changed (its word is the reason), is posted anew. */
export const repostedFact = (card: Reposted, reason = 'message_not_found'): AuditFact => ({
  action: 'notification.reposted',
  entity: 'card',
  entityId: card.outboxId,
  actor: SENDER,
  reason,
  data: {
    channel: card.channelId,
    ts: card.ts,
    ...(card.exceptionId === undefined ? {} : { exception_id: card.exceptionId }),
  },
});

/** For the trail: a team's messages go elsewhere, or home again; to `nowhere`, they wait. */
export const reroutedFact = (
  workspaceId: string,
  { address, reason, to }: { address: string; reason: string; to: string },
): AuditFact => ({
  action: 'notification.rerouted',
  entity: 'workspace',
  entityId: workspaceId,
  actor: SENDER,
  reason,
  data: { address, to },
});

/** For the trail: Slack does not let the app in. */
export const shutOutFact = (workspaceId: string, reason: string): AuditFact => ({
  action: 'integration.auth_failed',
  entity: 'workspace',
  entityId: workspaceId,
  actor: SENDER,
  reason,
});
