import type { PersonConfig } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** Gives people whom the configuration knows by the same e-mail under a new key that key; returns it, and which it was. */
export async function renamePeople(
  tx: Tx,
  { workspaceId, people }: { workspaceId: string; people: readonly PersonConfig[] },
): Promise<readonly { readonly key: string; readonly was: string }[]> {
  return await tx<{ key: string; was: string }[]>`
    with renamed as (
      select p.person_id, p.key as was, w.key
      from unnest(${people.map(({ key }) => key)}::text[], ${people.map(({ email }) => email)}::text[]) as w (key, email)
      join person p on p.email = w.email and p.key <> w.key
      where p.workspace_id = ${workspaceId} and p.key <> all (${people.map(({ key }) => key)}::text[])
        and not exists (select from person o where o.workspace_id = p.workspace_id and o.key = w.key)
    )
    update person p
    set key = r.key
    from renamed r
    where p.workspace_id = ${workspaceId} and p.person_id = r.person_id
    returning r.key, r.was`;
}
