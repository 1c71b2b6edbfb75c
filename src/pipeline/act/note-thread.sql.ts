import type { Tx } from '../../db/tx.ts';

export type ThreadPlace = { readonly workspaceId: string; readonly channelId: string; readonly ts: string };

/** What a message of ours in Slack is about: one exception, or a group of them. */
export type Thread =
  | { readonly kind: 'exception'; readonly exceptionId: string; readonly number: number }
  | { readonly kind: 'group'; readonly groupId: string };

/** What the thread that begins with this message is about; undefined when the message is none of ours. */
export async function threadOf(tx: Tx, place: ThreadPlace): Promise<Thread | undefined> {
  const [row] = await tx<{ exception_id: string | null; number: number | null; group_id: string | null }[]>`
    select e.exception_id, e.number, case when o.kind = 'group' then substring(o.dedupe_key from 7) end as group_id
    from outbox o
    left join exception e on e.workspace_id = o.workspace_id and e.exception_id = o.exception_id
    where o.workspace_id = ${place.workspaceId} and o.channel_id = ${place.channelId} and o.ts = ${place.ts}
    order by o.exception_id nulls last
    limit 1`;
  if (row?.group_id) return { kind: 'group', groupId: row.group_id };
  if (!row?.exception_id || row.number === null) return undefined;
  return { kind: 'exception', exceptionId: row.exception_id, number: row.number };
}
