import type { Tx } from '../../db/tx.ts';

/** What an admin is asked; kept as JSON in the outbox and rendered in their language when it is sent. */
export type LinkNotice = {
  readonly link: {
    readonly request_id: string;
    readonly slack_user_id: string;
    readonly slack_name: string;
    readonly action_id: string;
    readonly label: string;
    /** ISO instant. */
    readonly until: string;
  };
};

/** A direct message to every active admin, once the transaction commits; returns how many are asked. */
export async function askAdmins(
  tx: Tx,
  { workspaceId, notice }: { workspaceId: string; notice: LinkNotice },
): Promise<number> {
  const rows = await tx`
    with admins as (
      select p.person_id
      from role_grant g
      join person p on p.workspace_id = g.workspace_id and p.person_id = g.person_id and p.is_active
      where g.workspace_id = ${workspaceId} and g.role = 'admin'
    ), lanes as (
      insert into lane (workspace_id, address)
      select ${workspaceId}::uuid, 'person:' || a.person_id from admins a order by a.person_id
      on conflict on constraint lane_pk do nothing
    )
    insert into outbox (workspace_id, outbox_id, kind, dedupe_key, address, payload)
    select ${workspaceId}::uuid, gen_random_uuid(), 'notice',
           'link:' || ${notice.link.request_id}::text || ':' || a.person_id, 'person:' || a.person_id,
           ${tx.json(notice)}::jsonb
    from admins a
    on conflict on constraint outbox_dedupe_key_unique do nothing
    returning outbox_id`;
  return rows.length;
}
