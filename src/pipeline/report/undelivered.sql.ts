import { z } from 'zod';
import type { PlaceTrouble } from '../../core/place.ts';
import type { Tx } from '../../db/tx.ts';

const letterRow = z.object({
  kind: z.string(),
  number: z.number().nullable(),
  address: z.string(),
  name: z.string().nullable(),
  reason: z.string(),
  attempts: z.number(),
  created_at: z.date(),
});

/** A message that was given up; `number` of the exception it speaks of, `name` of the team or person it was for. */
export type DeadLetter = z.infer<typeof letterRow>;

/** Messages that were given up, newest first, at most `limit`. */
export async function deadLetters(tx: Tx, workspaceId: string, limit: number): Promise<DeadLetter[]> {
  const rows = await tx`
    select o.kind, e.number, o.address, coalesce(t.key, p.key) as name, coalesce(o.last_error, 'unknown') as reason, o.attempts, o.created_at
    from outbox o
    left join exception e on e.workspace_id = o.workspace_id and e.exception_id = o.exception_id
    left join team t on t.workspace_id = o.workspace_id and 'team:' || t.key = o.address
    left join person p on p.workspace_id = o.workspace_id and 'person:' || p.person_id = o.address
    where o.workspace_id = ${workspaceId} and o.status = 'dead'
    order by o.created_at desc, o.outbox_id desc
    limit ${limit}`;
  return rows.map((row) => letterRow.parse(row));
}

/** A team whose channel takes no messages; `stand_in` undefined when there is nowhere else to post. */
export type LostChannel = {
  readonly team: string;
  readonly channel: string;
  readonly reason: PlaceTrouble;
  readonly standIn: string | undefined;
  readonly since: Date;
  readonly waiting: number;
};

/** Teams whose channel takes no messages, in the order in which that began. */
export async function lostChannels(tx: Tx, workspaceId: string): Promise<LostChannel[]> {
  const rows = await tx<
    {
      team: string;
      channel: string;
      reason: PlaceTrouble;
      stand_in: string | null;
      person: string | null;
      troubled_at: Date;
      waiting: number;
    }[]
  >`
    select t.key as team, t.channel, l.reason, l.stand_in, p.key as person, l.troubled_at,
      (select count(*)::integer from outbox o
       where o.workspace_id = l.workspace_id and o.address = l.address and o.status in ('pending', 'sending')) as waiting
    from lane l
    join team t on t.workspace_id = l.workspace_id and 'team:' || t.key = l.address
    left join person p on p.workspace_id = l.workspace_id and 'person:' || p.person_id = l.stand_in
    where l.workspace_id = ${workspaceId} and l.reason is not null
    order by l.troubled_at, t.key`;
  return rows.map((row) => ({
    team: row.team,
    channel: row.channel,
    reason: row.reason,
    standIn: row.person === null ? (row.stand_in ?? undefined) : `a direct message to ${row.person}`,
    since: row.troubled_at,
    waiting: row.waiting,
  }));
}
