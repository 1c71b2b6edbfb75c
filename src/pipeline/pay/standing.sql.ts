import type { Tx } from '../../db/tx.ts';

/** How far the record can be trusted for a payment, and whether its names are known. */
export type Standing = {
  readonly isClientKnown: boolean;
  readonly isPayeeKnown: boolean;
  /** Start of the latest run that went through, of the reconciliation that was run longest ago. */
  readonly lastRunAt: Date | null;
  /** Whether a feed of theirs has a delivery that is younger than their latest run. */
  readonly hasUncompared: boolean;
};

/** What the latest active runs of these reconciliations have seen. */
export async function standing(
  tx: Tx,
  asked: {
    workspaceId: string;
    client: string | undefined;
    payee: string | undefined;
    compared: readonly { readonly feed: string; readonly reconciliation: string }[];
  },
): Promise<Standing> {
  const { workspaceId, compared } = asked;
  const [row] = await tx<Standing[]>`
    with latest as (
      select s.feed, run.started_at, run.run_id
      from unnest(${compared.map(({ feed }) => feed)}::text[],
                  ${compared.map((one) => one.reconciliation)}::text[]) as s (feed, reconciliation)
      left join reconciliation c on c.workspace_id = ${workspaceId} and c.key = s.reconciliation
      left join lateral (
        select r.started_at, r.run_id
        from run r
        where r.workspace_id = c.workspace_id and r.reconciliation_id = c.reconciliation_id and r.mode = 'active'
          and r.status in ('applied', 'unchanged')
        order by r.started_at desc
        limit 1
      ) as run on true
    )
    select
      exists (select from known_name n where n.workspace_id = ${workspaceId} and n.what = 'client'
              and n.name_key = name_key(${asked.client ?? null}::text)) as "isClientKnown",
      exists (select from known_name n where n.workspace_id = ${workspaceId} and n.what = 'payee'
              and n.name_key = name_key(${asked.payee ?? null}::text)) as "isPayeeKnown",
      (select case when count(l.started_at) = count(*) then min(l.started_at) end from latest l) as "lastRunAt",
      exists (
        select from latest l
        join feed f on f.workspace_id = ${workspaceId} and f.key = l.feed
        join lateral (
          select d.delivery_id
          from delivery d
          where d.workspace_id = f.workspace_id and d.feed_id = f.feed_id and d.status = 'accepted'
          order by d.delivery_id desc
          limit 1
        ) as newest on newest.delivery_id > l.run_id
      ) as "hasUncompared"`;
  if (!row) throw new Error('the standing of the record was asked for and no row came');
  return row;
}
