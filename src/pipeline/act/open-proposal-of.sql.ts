import type { Tx } from '../../db/tx.ts';

/** Who asked already for this hold to be released, or this entry to be taken back, and until when it can be decided. */
export async function openProposalOf(
  tx: Tx,
  { workspaceId, holdId, reverses }: { workspaceId: string; holdId?: string; reverses?: string },
): Promise<{ byName: string; until: Date } | undefined> {
  const [row] = await tx<{ name: string; expires_at: Date }[]>`
    select b.name, p.expires_at
    from proposal p
    join person b on b.workspace_id = p.workspace_id and b.person_id = p.proposed_by
    where p.workspace_id = ${workspaceId} and p.state = 'open'
      and (p.hold_id = ${holdId ?? null}::uuid or p.reverses = ${reverses ?? null}::uuid)`;
  return row && { byName: row.name, until: row.expires_at };
}
