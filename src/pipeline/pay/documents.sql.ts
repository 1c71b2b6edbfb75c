import type { PayAsk } from '../../core/pay.ts';
import type { Tx } from '../../db/tx.ts';

/** A feed that a reconciliation compares, and the field of it that names who is paid. */
export type ComparedFeed = {
  readonly feed: string;
  readonly reconciliation: string;
  readonly payee: string | undefined;
};

/** What the documents of an order say of its payment. Names are keys, as names are compared. */
export type OrderDocuments = {
  readonly count: number;
  readonly clients: readonly string[];
  readonly payees: readonly string[];
  readonly feeds: readonly string[];
  /** Whether the client, or payee, that was asked for is none of those they name. */
  readonly isAnotherClient: boolean;
  readonly isAnotherPayee: boolean;
  /** Whether one of them, as it is now, is in no match and no exception of a reconciliation that compares its feed. */
  readonly isAhead: boolean;
};

/** What is known of an order from the documents that carry its reference, in any case. */
export async function orderDocuments(
  tx: Tx,
  {
    workspaceId,
    order,
    ask,
    feeds,
  }: {
    workspaceId: string;
    order: string;
    ask: Pick<PayAsk, 'client' | 'payee'>;
    feeds: readonly ComparedFeed[];
  },
): Promise<OrderDocuments> {
  const spelt = [...new Set([order, order.toUpperCase(), order.toLowerCase()])];
  const [row] = await tx<OrderDocuments[]>`
    with compared as (
      select s.feed, s.payee, c.reconciliation_id
      from unnest(${feeds.map(({ feed }) => feed)}::text[], ${feeds.map((one) => one.reconciliation)}::text[],
                  ${feeds.map(({ payee }) => payee ?? null)}::text[]) as s (feed, reconciliation, payee)
      join reconciliation c on c.workspace_id = ${workspaceId} and c.key = s.reconciliation
    ),
    document as materialized (
      select r.record_id, r.version, r.content_hash, r.client, r.fields, f.key as feed
      from record r
      join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
      where r.workspace_id = ${workspaceId} and r.order_ref = any(${spelt}::text[])
    ),
    named as (
      select
        array(select distinct name_key(d.client) from document d where name_key(d.client) is not null) as clients,
        array(select distinct name_key(d.fields ->> s.payee)
              from document d join compared s on s.feed = d.feed
              where name_key(d.fields ->> s.payee) is not null) as payees
    )
    select
      (select count(*)::integer from document) as count,
      n.clients, n.payees,
      coalesce(n.clients <> '{}' and name_key(${ask.client ?? null}::text) <> all(n.clients), false) as "isAnotherClient",
      coalesce(n.payees <> '{}' and name_key(${ask.payee ?? null}::text) <> all(n.payees), false) as "isAnotherPayee",
      array(select distinct d.feed from document d) as feeds,
      exists (
        select from document d
        join compared s on s.feed = d.feed
        where not exists (
            select from match_member m
            left join record_version v on v.workspace_id = m.workspace_id and v.record_id = m.record_id
              and v.version = m.record_version
            where m.workspace_id = ${workspaceId} and m.record_id = d.record_id and m.is_live
              and m.reconciliation_id = s.reconciliation_id
              and (m.record_version = d.version or v.content_hash = d.content_hash))
          and not exists (
            select from exception_member m
            join exception e on e.workspace_id = m.workspace_id and e.exception_id = m.exception_id
            left join record_version v on v.workspace_id = m.workspace_id and v.record_id = m.record_id
              and v.version = m.record_version
            where m.workspace_id = ${workspaceId} and m.record_id = d.record_id
              and e.reconciliation_id = s.reconciliation_id
              and (m.record_version = d.version or v.content_hash = d.content_hash))
      ) as "isAhead"
    from named n`;
  if (!row) throw new Error('the documents of an order were asked for and no row came');
  return row;
}
