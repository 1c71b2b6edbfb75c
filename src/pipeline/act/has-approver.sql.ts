import type { Tx } from '../../db/tx.ts';

/** Whether anybody but this person may approve, and is here to. */
export async function hasApprover(
  tx: Tx,
  { workspaceId, personId }: { workspaceId: string; personId: string },
): Promise<boolean> {
  const [row] = await tx<{ is_there: boolean }[]>`
    select exists (
      select from person p
      where p.workspace_id = ${workspaceId} and p.person_id <> ${personId} and p.left_at is null
        and may_approve(p.workspace_id, p.person_id)) as is_there`;
  return row?.is_there ?? false;
}
