import type { PersonConfig } from '../../core/organisation.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Adds new people and brings known ones up to date; returns the keys of those that changed. A Slack id that was learnt
 * from Slack stays when the configuration states none, as long as the e-mail address stays: with another address the key
 * may be somebody else's now, who is recognised, or vouched for, anew.
 */
export async function upsertPeople(
  tx: Tx,
  { workspaceId, people }: { workspaceId: string; people: readonly PersonConfig[] },
): Promise<string[]> {
  const learnt = tx`case when lower(person.email) = lower(excluded.email) then person.slack_user_id end`;
  const rows = await tx<{ key: string }[]>`
    insert into person (workspace_id, person_id, key, name, email, slack_user_id)
    select ${workspaceId}::uuid, w.*
    from unnest(${people.map(newId)}::uuid[], ${people.map(({ key }) => key)}::text[],
                ${people.map(({ name }) => name)}::text[], ${people.map(({ email }) => email)}::text[],
                ${people.map(({ slackUserId }) => slackUserId ?? null)}::text[])
      as w (person_id, key, name, email, slack_user_id)
    on conflict (workspace_id, key) do update
      set name = excluded.name, email = excluded.email, is_active = true,
          slack_user_id = coalesce(excluded.slack_user_id, ${learnt})
      where (person.name, person.email, person.is_active, person.slack_user_id)
        is distinct from (excluded.name, excluded.email, true, coalesce(excluded.slack_user_id, ${learnt}))
    returning key`;
  return rows.map(({ key }) => key);
}
