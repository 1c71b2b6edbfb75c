import type { PersonConfig } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** Gives people whom the configuration knows by the same e-mail under a new key that key; returns the new keys. */
export async function renamePeople(
  tx: Tx,
  { workspaceId, people }: { workspaceId: string; people: readonly PersonConfig[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    update person p
    set key = w.key
    from unnest(${people.map(({ key }) => key)}::text[], ${people.map(({ email }) => email)}::text[]) as w (key, email)
    where p.workspace_id = ${workspaceId} and p.email = w.email and p.key <> w.key
      and p.key <> all (${people.map(({ key }) => key)}::text[])
      and not exists (select from person o where o.workspace_id = p.workspace_id and o.key = w.key)
    returning p.key`;
  return rows.map(({ key }) => key);
}
