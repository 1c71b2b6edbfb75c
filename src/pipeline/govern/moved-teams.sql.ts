import type { TeamConfig } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

export type MovedTeam = { readonly key: string; readonly from: string; readonly to: string };

/** The known teams that are to post in another channel than so far. Ask before the teams are brought up to date. */
export async function movedTeams(
  tx: Tx,
  { workspaceId, teams }: { workspaceId: string; teams: readonly TeamConfig[] },
): Promise<MovedTeam[]> {
  const rows = await tx<{ key: string; from: string; to: string }[]>`
    select t.key, t.channel as from, w.channel as to
    from unnest(${teams.map(({ key }) => key)}::text[], ${teams.map(({ channel }) => channel)}::text[]) as w (key, channel)
    join team t on t.workspace_id = ${workspaceId} and t.key = w.key and t.channel <> w.channel
    order by t.key`;
  return rows.map(({ key, from, to }) => ({ key, from, to }));
}
