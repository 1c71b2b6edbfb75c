import type { PersonConfig } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** Says who stands in for whom, once all of them are there; returns the keys of those for whom that is news. */
export async function setDeputies(
  tx: Tx,
  { workspaceId, people }: { workspaceId: string; people: readonly PersonConfig[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    update person p set deputy_id = d.person_id
    from unnest(${people.map(({ key }) => key)}::text[], ${people.map(({ deputy }) => deputy ?? null)}::text[])
      as w (key, deputy)
    left join person d on d.workspace_id = ${workspaceId} and d.key = w.deputy
    where p.workspace_id = ${workspaceId} and p.key = w.key and p.deputy_id is distinct from d.person_id
    returning p.key`;
  return rows.map(({ key }) => key);
}
