import type { Tx } from '../../db/tx.ts';

/**
 * Whether a run that began before `until`, and not before `since`, is still writing what it found. One that was killed
 * stays so for ever, therefore the lower bound.
 */
export async function isRunUnderWay(
  tx: Tx,
  { workspaceId, since, until }: { workspaceId: string; since: Date; until: Date },
): Promise<boolean> {
  const [row] = await tx<{ found: boolean }[]>`
    select exists (
      select from run u
      where u.workspace_id = ${workspaceId} and u.status = 'running' and u.mode = 'active'
        and u.started_at >= ${since.toISOString()}::timestamptz and u.started_at < ${until.toISOString()}::timestamptz
    ) as found`;
  return row?.found === true;
}
