import type { PersonConfig } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Takes e-mail addresses from people of other keys than the configuration gives them to, whether these are still in it or not; returns
 * the keys of those. Before people are brought up to date: an address is one person's at a time. Whoever is not in the configuration any
 * more is left with one that nobody can have.
 */
export async function freeAddresses(
  tx: Tx,
  { workspaceId, people }: { workspaceId: string; people: readonly PersonConfig[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    update person p
    set email = p.person_id || '@person.invalid'
    from unnest(${people.map(({ key }) => key)}::text[], ${people.map(({ email }) => email)}::text[]) as w (key, email)
    where p.workspace_id = ${workspaceId} and p.email = w.email and p.key <> w.key
    returning p.key`;
  return rows.map(({ key }) => key);
}
