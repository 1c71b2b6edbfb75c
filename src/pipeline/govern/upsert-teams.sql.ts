import type { TeamConfig } from '../../core/organisation.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** Adds new teams and brings known ones up to date; returns the keys of those that changed. */
export async function upsertTeams(
  tx: Tx,
  { workspaceId, teams }: { workspaceId: string; teams: readonly TeamConfig[] },
): Promise<string[]> {
  // Another channel has another id, which is looked up again before the next message.
  const rows = await tx<{ key: string }[]>`
    insert into team (workspace_id, team_id, key, name, channel, lead_id)
    select ${workspaceId}::uuid, w.team_id, w.key, w.name, w.channel, p.person_id
    from unnest(${teams.map(newId)}::uuid[], ${teams.map(({ key }) => key)}::text[],
                ${teams.map(({ name }) => name)}::text[], ${teams.map(({ channel }) => channel)}::text[],
                ${teams.map(({ lead }) => lead ?? null)}::text[]) as w (team_id, key, name, channel, lead)
    left join person p on p.workspace_id = ${workspaceId} and p.key = w.lead
    on conflict (workspace_id, key) do update
      set name = excluded.name, channel = excluded.channel, lead_id = excluded.lead_id, is_active = true,
          channel_id = case when team.channel = excluded.channel then team.channel_id end
      where (team.name, team.channel, team.lead_id, team.is_active)
        is distinct from (excluded.name, excluded.channel, excluded.lead_id, true)
    returning key`;
  return rows.map(({ key }) => key);
}
