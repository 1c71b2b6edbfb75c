import type { TeamConfig } from '../../core/organisation.ts';
import { newId } from '../../db/new-id.ts';
import type { Tx } from '../../db/tx.ts';

/** Adds new teams and brings known ones up to date; returns the keys of those that changed. */
export async function upsertTeams(
  tx: Tx,
  { workspaceId, teams }: { workspaceId: string; teams: readonly TeamConfig[] },
): Promise<string[]> {
  const rows = await tx<{ key: string }[]>`
    insert into team (workspace_id, team_id, key, name, channel, fallback, lead_id, deputy_id, usergroup)
    select ${workspaceId}::uuid, w.team_id, w.key, w.name, w.channel, array(select jsonb_array_elements_text(w.fallback)),
           p.person_id, d.person_id, w.usergroup
    from jsonb_to_recordset(${JSON.stringify(teams.map(toRow))}::text::jsonb)
      as w (team_id uuid, key text, name text, channel text, fallback jsonb, lead text, deputy text,
             usergroup text)
    left join person p on p.workspace_id = ${workspaceId} and p.key = w.lead
    left join person d on d.workspace_id = ${workspaceId} and d.key = w.deputy
    on conflict (workspace_id, key) do update
      -- Another channel has another id, which is looked up again before the next message.
      set name = excluded.name, channel = excluded.channel, fallback = excluded.fallback, lead_id = excluded.lead_id,
          deputy_id = excluded.deputy_id, usergroup = excluded.usergroup,
          is_active = true, channel_id = case when team.channel = excluded.channel then team.channel_id end
      where (team.name, team.channel, team.fallback, team.lead_id, team.deputy_id, team.usergroup, team.is_active)
        is distinct from (excluded.name, excluded.channel, excluded.fallback, excluded.lead_id, excluded.deputy_id, excluded.usergroup, true)
    returning key`;
  return rows.map(({ key }) => key);
}

const toRow = (team: TeamConfig) => ({
  team_id: newId(),
  key: team.key,
  name: team.name,
  channel: team.channel,
  fallback: team.fallback ?? [],
  lead: team.lead ?? null,
  deputy: team.deputy ?? null,
  usergroup: team.usergroup ?? null,
});
