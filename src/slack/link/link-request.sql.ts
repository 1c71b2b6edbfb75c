import { z } from 'zod';
import type { Tx } from '../../db/tx.ts';

const requestRow = z.object({
  link_request_id: z.string(),
  slack_user_id: z.string(),
  slack_name: z.string(),
  pressed: z.unknown(),
  person_id: z.string().nullable(),
  person_name: z.string().nullable(),
  voucher_name: z.string().nullable(),
  token_hash: z.string().nullable(),
  expires_at: z.date(),
  state: z.enum(['open', 'used', 'declined', 'expired']),
  is_declined_lately: z.boolean(),
});

/** A request to be linked, as it stands at this moment. */
export type LinkRequest = z.infer<typeof requestRow>;

/** The request, locked until the transaction ends; undefined when there is none with this id. */
export async function lockRequest(tx: Tx, workspaceId: string, id: string): Promise<LinkRequest | undefined> {
  await tx`
    select from link_request where workspace_id = ${workspaceId} and link_request_id = ${id} for update`;
  const [row] = await tx`
    ${selectRequest(tx)} where r.workspace_id = ${workspaceId} and r.link_request_id = ${id}`;
  return row && requestRow.parse(row);
}

/** The newest request of a Slack user. Others that ask for the same user wait until the transaction ends. */
export async function lockNewest(
  tx: Tx,
  workspaceId: string,
  slackUserId: string,
): Promise<LinkRequest | undefined> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`link ${workspaceId} ${slackUserId}`}, 0))`;
  const [row] = await tx`
    ${selectRequest(tx)}
    where r.workspace_id = ${workspaceId} and r.slack_user_id = ${slackUserId}
    order by r.asked_at desc, r.link_request_id desc
    limit 1`;
  return row && requestRow.parse(row);
}

const selectRequest = (tx: Tx) => tx`
  select r.link_request_id, r.slack_user_id, r.slack_name, r.pressed, r.person_id, p.name as person_name,
         v.name as voucher_name, r.token_hash, r.expires_at,
         case when r.used_at is not null then 'used'
              when r.declined_at is not null then 'declined'
              when r.expires_at <= clock_timestamp() then 'expired'
              else 'open' end as state,
         coalesce(r.declined_at > clock_timestamp() - interval '24 hours', false) as is_declined_lately
  from link_request r
  left join person p on p.workspace_id = r.workspace_id and p.person_id = r.person_id
  left join person v on v.workspace_id = r.workspace_id and v.person_id = r.vouched_by`;
