import { z } from 'zod';
import type { Tx } from '../tx.ts';

const placesRow = z.object({
  team: z.string(),
  name: z.string(),
  channel: z.string(),
  channel_id: z.string().nullable(),
  fallback: z.array(z.string()),
  people: z.array(z.string()),
  reason: z.string().nullable(),
  stand_in: z.string().nullable(),
});

/** A team's lane: its channel, and what stands in for it, in this order: `fallback`, then the `people` by direct message. */
export type LanePlaces = z.infer<typeof placesRow>;

/** The places of the lane of `team:<key>`; undefined for any other address. People are its lead, or who stands in, then the admins. */
export async function placesOf(
  tx: Tx,
  workspaceId: string,
  address: string,
): Promise<LanePlaces | undefined> {
  const [row] = await tx`
    select t.key as team, t.name, t.channel, t.channel_id, t.fallback, l.reason, l.stand_in,
      array(
        select p.person_id::text
        from person p
        where p.workspace_id = t.workspace_id and p.is_active and p.left_at is null
          and (p.person_id = lead.person_id or exists (
            select from role_grant g
            where g.workspace_id = p.workspace_id and g.person_id = p.person_id and g.role = 'admin'
          ))
        order by p.person_id is distinct from lead.person_id, p.key
      ) as people
    from team t
    cross join lateral tieout.stand_in(t.workspace_id, t.lead_id, t.deputy_id, clock_timestamp()) as lead (person_id)
    left join lane l on l.workspace_id = t.workspace_id and l.address = ${address}
    where t.workspace_id = ${workspaceId} and 'team:' || t.key = ${address}
  `;
  return row && placesRow.parse(row);
}
