import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';

/** The person with their roles and teams as of now; undefined when there is no such person here. */
export async function readViewer(tx: Tx, workspaceId: string, personId: string): Promise<Viewer | undefined> {
  const [row] = await tx<Viewer[]>`
    select p.person_id as "personId", p.key, p.slack_locale as "slackLocale", p.slack_zone as "slackZone",
           p.name, p.is_active as "isActive",
           array(select g.role from role_grant g
                 where g.workspace_id = p.workspace_id and g.person_id = p.person_id order by g.role) as roles,
           array(select t.name from team_member m
                 join team t on t.workspace_id = m.workspace_id and t.team_id = m.team_id
                 where m.workspace_id = p.workspace_id and m.person_id = p.person_id order by t.name) as teams
    from person p
    where p.workspace_id = ${workspaceId} and p.person_id = ${personId}`;
  return row;
}
