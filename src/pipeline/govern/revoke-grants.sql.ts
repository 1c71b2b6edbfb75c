import type { Tx } from '../../db/tx.ts';

export type Grant = { readonly person: string; readonly role: string };

/** Takes away every role that the configuration does not grant; returns what was taken. */
export async function revokeGrants(
  tx: Tx,
  { workspaceId, grants }: { workspaceId: string; grants: readonly Grant[] },
): Promise<Grant[]> {
  return tx<Grant[]>`
    delete from role_grant g
    using person p
    where g.workspace_id = ${workspaceId} and p.workspace_id = g.workspace_id and p.person_id = g.person_id
      and (p.key, g.role) not in (
        select w.person, w.role
        from unnest(${grants.map(({ person }) => person)}::text[], ${grants.map(({ role }) => role)}::text[])
          as w (person, role))
    returning p.key as person, g.role`;
}
