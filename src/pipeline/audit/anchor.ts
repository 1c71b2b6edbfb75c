import type { ChainLink } from '../../core/chain.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { anchorPath, readAnchors, writeAnchor } from './anchor-file.ts';
import { readHead } from './head.sql.ts';
import { insertAnchor } from './insert-anchor.sql.ts';

/**
 * Copies the head of the trail to a file outside the database, so that a cut tail shows. Writes nothing when the head
 * is anchored already. Returns the anchored link.
 */
export async function anchor(
  sql: Sql,
  { workspaceId, folder, now }: { workspaceId: string; folder: string; now: Date },
): Promise<ChainLink> {
  const path = anchorPath(folder, workspaceId);
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const head = await readHead(tx, workspaceId);
    const last = readAnchors(path).at(-1);
    if (head.seq === 0n || last?.seq === head.seq) return head;
    writeAnchor(path, head, now);
    await insertAnchor(tx, { workspaceId, link: head, place: 'file' });
    return head;
  });
}
