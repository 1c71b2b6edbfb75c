import { type DigestCount, TALLIES, type TallyName } from '../../core/digest.ts';
import type { Tx } from '../../db/tx.ts';
import { type DigestScope, inScope } from './digest-scope.sql.ts';
import { isOverdue, onlyLive } from './visible-to.sql.ts';

export type DigestQuery = {
  readonly workspaceId: string;
  readonly scope: DigestScope;
  /** From this instant until just before the other. */
  readonly period: { readonly from: Date; readonly until: Date };
  readonly now: Date;
  /** Opened before it is aged. */
  readonly agedBefore: Date;
  /** Due by it, and not overdue yet, is due soon. */
  readonly soon: Date;
};

type Row = { type: string; who: string | null; currency: string; counts: string[] };

/**
 * What a digest's tallies are made of: exceptions of the scope counted by type, owner (or client, for a scope of
 * clients) and currency.
 *
 * Shape: `counts` is a number and a sum for each of `TALLIES`, in their order; a sum may be beyond a bigint.
 */
export async function digestCounts(tx: Tx, query: DigestQuery): Promise<DigestCount[]> {
  const { workspaceId, scope, period, now } = query;
  const from = period.from.toISOString();
  const until = period.until.toISOString();
  const within = (at: ReturnType<Tx>) =>
    tx`(${at} >= ${from}::timestamptz and ${at} < ${until}::timestamptz)`;
  const rows = await tx<Row[]>`
    with counted as (
      select e.type, ${scope.kind === 'clients' ? tx`e.client` : tx`o.name`} as who, e.currency, e.at_stake_minor as minor,
             ${within(tx`e.opened_at`)} as opened,
             e.status = 'resolved' and ${within(tx`e.closed_at`)} as resolved,
             e.status = 'cleared' and ${within(tx`e.closed_at`)} as cleared,
             ${onlyLive(tx)} as live,
             ${onlyLive(tx)} and e.opened_at < ${query.agedBefore.toISOString()}::timestamptz as aged,
             ${isOverdue(tx, now)} as breached,
             ${onlyLive(tx)} and e.due_paused_at is null and not ${isOverdue(tx, now)}
               and e.due_at <= ${query.soon.toISOString()}::timestamptz as due_soon
      from exception e
      join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
      left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
      where e.workspace_id = ${workspaceId} and (${onlyLive(tx)} or e.closed_at >= ${from}::timestamptz)
        and ${inScope(tx, scope)}
    )
    select c.type, c.who, c.currency, array[
        count(*) filter (where c.opened), coalesce(sum(c.minor) filter (where c.opened), 0),
        count(*) filter (where c.resolved), coalesce(sum(c.minor) filter (where c.resolved), 0),
        count(*) filter (where c.cleared), coalesce(sum(c.minor) filter (where c.cleared), 0),
        count(*) filter (where c.live), coalesce(sum(c.minor) filter (where c.live), 0),
        count(*) filter (where c.aged), coalesce(sum(c.minor) filter (where c.aged), 0),
        count(*) filter (where c.breached), coalesce(sum(c.minor) filter (where c.breached), 0),
        count(*) filter (where c.due_soon), coalesce(sum(c.minor) filter (where c.due_soon), 0)
      ]::text[] as counts
    from counted c
    group by c.type, c.who, c.currency
    order by c.type, c.who nulls first, c.currency`;
  return rows.map(({ type, who, currency, counts }) => {
    const pairs = TALLIES.map((name, index) => {
      const [count = '0', minor = '0'] = counts.slice(index * 2, index * 2 + 2);
      return [name, { count: Number(count), minor: BigInt(minor) }] as const;
    });
    const counted = Object.fromEntries(pairs) as Record<TallyName, { count: number; minor: bigint }>;
    return { ...counted, type, who: who ?? undefined, currency };
  });
}
