import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { appendAudit } from '../../pipeline/audit/append.sql.ts';
import { notifyInstallation } from './notify-installation.sql.ts';
import { purgeInstallation } from './purge-installation.sql.ts';

/** Slack's word for how it ended. */
export type UninstallReason = 'app_uninstalled' | 'tokens_revoked';

/**
 * Forgets the workspace's tokens, with an audit event, and tells every instance; false when there were none. Everything
 * else of the workspace stays as it is.
 */
export async function uninstall(
  sql: Sql,
  { workspaceId, teamId, reason }: { workspaceId: string; teamId: string; reason: UninstallReason },
): Promise<boolean> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    if (!(await purgeInstallation(tx, workspaceId))) return false;
    await appendAudit(tx, {
      workspaceId,
      facts: [
        {
          action: 'slack.uninstalled',
          entity: 'workspace',
          entityId: workspaceId,
          actor: { kind: 'program', name: 'slack' },
          reason,
          data: { slack_team_id: teamId },
        },
      ],
    });
    await notifyInstallation(tx, workspaceId);
    return true;
  });
}
