import type { AuditFact } from '../../core/audit.ts';

/** What of the configuration the trail alone keeps. */
export type Terms = 'limits' | 'approvals' | 'bookings';

/** The event of something that the configuration changed on the record. */
export const configFact = (
  workspaceId: string,
  data: { readonly changed: readonly string[] } & { readonly [terms in Terms]?: readonly string[] },
): AuditFact => ({
  action: 'config.applied',
  entity: 'workspace',
  entityId: workspaceId,
  actor: { kind: 'program', name: 'config' },
  data,
});
