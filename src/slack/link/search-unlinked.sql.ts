import type { Tx } from '../../db/tx.ts';

export type Unlinked = { readonly personId: string; readonly key: string; readonly name: string };

/** Active people without a Slack user whose name or e-mail address has this text in it, by name. */
export async function searchUnlinked(
  tx: Tx,
  { workspaceId, text, limit }: { workspaceId: string; text: string; limit: number },
): Promise<Unlinked[]> {
  return await tx<Unlinked[]>`
    select person_id as "personId", key, name
    from person
    where workspace_id = ${workspaceId} and is_active and slack_user_id is null
      and (position(lower(${text}::text collate "und-x-icu") in lower(name collate "und-x-icu")) > 0
           or position(lower(${text}) in lower(email)) > 0)
    order by name, key
    limit ${limit}`;
}
