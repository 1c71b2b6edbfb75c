import type { AuditFact } from '../../core/audit.ts';

/** The event of something that the configuration changed on the record. */
export const configFact = (
  workspaceId: string,
  data: { readonly changed: readonly string[]; readonly limits?: readonly string[] },
): AuditFact => ({
  action: 'config.applied',
  entity: 'workspace',
  entityId: workspaceId,
  actor: { kind: 'program', name: 'config' },
  data,
});
