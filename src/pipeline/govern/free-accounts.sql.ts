import type { PersonConfig } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/**
 * Takes Slack accounts from people of other keys than the configuration gives them to, whether these are still in it or not; returns
 * the keys of those. Before people are brought up to date: an account is one person's at a time.
 */
export async function freeAccounts(
  tx: Tx,
  { workspaceId, people }: { workspaceId: string; people: readonly PersonConfig[] },
): Promise<string[]> {
  const given = people.flatMap(({ key, slackUserId }) =>
    slackUserId === undefined ? [] : [{ key, slackUserId }],
  );
  const rows = await tx<{ key: string }[]>`
    update person p
    set slack_user_id = null
    from unnest(${given.map(({ key }) => key)}::text[], ${given.map(({ slackUserId }) => slackUserId)}::text[])
      as w (key, slack_user_id)
    where p.workspace_id = ${workspaceId} and p.slack_user_id = w.slack_user_id and p.key <> w.key
    returning p.key`;
  return rows.map(({ key }) => key);
}
