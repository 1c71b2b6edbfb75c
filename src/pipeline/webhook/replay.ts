import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { appendAudit } from '../audit/append.sql.ts';
import { type Replayed, wantAgain } from './want-again.sql.ts';

/** Has messages sent again that were sent or given up, on the trail when there are any. Returns how many. */
export const replay = (
  sql: Sql,
  { workspaceId, replayed, now, by }: { workspaceId: string; replayed: Replayed; now: Date; by: string },
): Promise<number> =>
  inWorkspace(sql, workspaceId, async (tx) => {
    const messages = await wantAgain(tx, { workspaceId, replayed, now });
    if (messages === 0) return 0;
    const { messageId = null, since, endpoint = null } = replayed;
    await appendAudit(tx, {
      workspaceId,
      facts: [
        {
          action: 'webhook.replayed',
          entity: 'workspace',
          entityId: workspaceId,
          actor: { kind: 'program', name: 'cli' },
          data: { messages, message_id: messageId, since: since?.toISOString() ?? null, endpoint, by },
        },
      ],
    });
    return messages;
  });
