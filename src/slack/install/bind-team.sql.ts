import { z } from 'zod';
import type { Tx } from '../../db/tx.ts';

const boundRow = z.object({
  is_bound: z.boolean(),
  own: z.string().nullable(),
  other: z.string().nullable(),
});

export type Binding =
  | { readonly kind: 'bound' }
  /** The workspace belongs to this Slack team already. */
  | { readonly kind: 'other_team'; readonly teamId: string }
  /** The Slack team belongs to the workspace of this name already. */
  | { readonly kind: 'team_taken'; readonly name: string };

/** Makes the workspace the one of this Slack team, if it is nobody's yet or this team's already. */
export async function bindTeam(tx: Tx, workspaceId: string, slackTeamId: string): Promise<Binding> {
  const [row] = await tx`
    with other as (
      select name from workspace where slack_team_id = ${slackTeamId} and workspace_id <> ${workspaceId}
    ), bound as (
      update workspace set slack_team_id = ${slackTeamId}
      where workspace_id = ${workspaceId}
        and (slack_team_id is null or slack_team_id = ${slackTeamId})
        and not exists (select from other)
      returning workspace_id
    )
    select
      exists (select from bound) as is_bound,
      (select slack_team_id from workspace where workspace_id = ${workspaceId}) as own,
      (select name from other) as other
  `;
  const { is_bound: isBound, own, other } = boundRow.parse(row);
  if (isBound) return { kind: 'bound' };
  return other === null ? { kind: 'other_team', teamId: own ?? '' } : { kind: 'team_taken', name: other };
}
