import type { Tx } from '../../db/tx.ts';

/** The person whom the configuration calls so, or who has this e-mail address; undefined when there is none. */
export async function personByKey(
  tx: Tx,
  { workspaceId, given }: { workspaceId: string; given: string },
): Promise<{ personId: string; name: string } | undefined> {
  const [row] = await tx<{ personId: string; name: string }[]>`
    select person_id as "personId", name from person
    where workspace_id = ${workspaceId} and (key = ${given} or lower(email) = lower(${given}))`;
  return row;
}
