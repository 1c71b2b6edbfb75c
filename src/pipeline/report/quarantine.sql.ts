import type { Tx } from '../../db/tx.ts';

export type QuarantinedLine = {
  readonly feed: string;
  readonly delivery: string;
  readonly line: number;
  readonly reason: string;
  readonly field: string | null;
  readonly detail: string;
  readonly raw: Buffer;
  /** What settled it; null while somebody must look at it. */
  readonly settled: 'replayed' | 'redelivered' | 'superseded' | 'rejected' | null;
};

export type QuarantineFilter = {
  readonly feed: string | undefined;
  readonly limit: number;
  /** With those that need nobody any more. */
  readonly isAll?: boolean;
};

/** Quarantined rows with their reason and raw bytes, newest delivery first. */
export async function listQuarantine(
  tx: Tx,
  workspaceId: string,
  { feed, limit, isAll = false }: QuarantineFilter,
): Promise<QuarantinedLine[]> {
  return await tx<QuarantinedLine[]>`
    select f.key as feed, coalesce(part.name, d.name) as delivery,
           case when part.line is null then q.line else q.line - part.line + 1 end as line, q.reason, q.field, q.detail, q.raw,
           coalesce(t.how, case when d.status = 'rejected' then 'rejected' end) as settled
    from quarantined_row q
    join delivery d on d.workspace_id = q.workspace_id and d.delivery_id = q.delivery_id
    join feed f on f.workspace_id = d.workspace_id and f.feed_id = d.feed_id
    left join settled_row t
      on t.workspace_id = q.workspace_id and t.delivery_id = q.delivery_id and t.line = q.line
    left join lateral (
      select p ->> 'name' as name, (p ->> 'line')::integer as line
      from jsonb_array_elements(d.manner -> 'parts') p
      where (p ->> 'line')::integer <= q.line
      order by 2 desc
      limit 1
    ) part on true
    where q.workspace_id = ${workspaceId} and (${feed ?? null}::text is null or f.key = ${feed ?? null})
      and (${isAll}::boolean or (t.line is null and d.status <> 'rejected'))
    order by d.received_at desc, f.key, q.line
    limit ${limit}`;
}
