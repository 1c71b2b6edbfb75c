import { type BulkAction, bulkRequestKey } from '../../core/bulk.ts';
import type { Tx } from '../../db/tx.ts';

export type ToldCount = { readonly personId: string; readonly exceptionIds: readonly string[] };

type Asked = {
  readonly workspaceId: string;
  readonly bulkId: string;
  readonly confirmedAt: Date;
  /** The exceptions that the bulk action moved. */
  readonly exceptionIds: readonly string[];
};

/** Whom a bulk action concerns besides who pressed, and by which of its exceptions. */
export const TOLD = {
  claim: async () => [],
  // Whoever was to answer an offer that ended when its exception was resolved.
  resolve: (tx, asked) => ended(tx, asked, tx`h.to_id`, 'withdrawn'),
  hand_over: (tx, asked) => named(tx, asked, ['to_id']),
  // Whoever offered it, and whoever had it.
  accept: (tx, asked) => named(tx, asked, ['from_id', 'offered_by']),
  decline: (tx, asked) => ended(tx, asked, tx`h.from_id`, 'declined'),
} as const satisfies Record<BulkAction, (tx: Tx, asked: Asked) => Promise<ToldCount[]>>;

/** By the offers that ended with it. The database's clock ended them, so that both instants are of one clock. */
async function ended(
  tx: Tx,
  { workspaceId, confirmedAt, exceptionIds }: Asked,
  who: ReturnType<Tx>,
  state: 'withdrawn' | 'declined',
): Promise<ToldCount[]> {
  const rows = await tx<Row[]>`
    select ${who} as person_id, array_agg(h.exception_id::text) as exception_ids
    from hand_over h
    where h.workspace_id = ${workspaceId} and h.exception_id = any(${exceptionIds as string[]}::uuid[])
      and h.state = ${state} and h.ended_at >= ${confirmedAt.toISOString()}
    group by 1
    order by 1`;
  return rows.map(toCount);
}

/** By what the events of this bulk name. */
async function named(
  tx: Tx,
  { workspaceId, bulkId, exceptionIds }: Asked,
  fields: readonly string[],
): Promise<ToldCount[]> {
  const rows = await tx<Row[]>`
    select a.body::jsonb -> 'data' ->> f.field as person_id, array_agg(distinct a.entity_id::text) as exception_ids
    from audit_event a
    cross join unnest(${fields as string[]}::text[]) as f (field)
    where a.workspace_id = ${workspaceId} and a.entity = 'exception'
      and a.entity_id = any(${exceptionIds as string[]}::uuid[])
      and a.body::jsonb ->> 'request' = ${bulkRequestKey(bulkId, '')} || a.entity_id
    group by 1
    order by 1`;
  return rows.map(toCount);
}

type Row = { person_id: string; exception_ids: string[] };

const toCount = (row: Row): ToldCount => ({ personId: row.person_id, exceptionIds: row.exception_ids });
