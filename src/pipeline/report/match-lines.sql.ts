import type { Weighing } from '../../core/explanation.ts';
import type { Tx } from '../../db/tx.ts';
import { weighingOf } from './weighing.ts';

export const OUTCOMES = ['equal', 'auto_resolved', 'excepted'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type MatchQuery = {
  readonly workspaceId: string;
  readonly reconciliationId?: string | undefined;
  readonly pass?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** Only those after this one, in the order of their ids. */
  readonly after?: string | undefined;
  readonly limit: number;
};

export type MatchLine = {
  readonly matchId: string;
  readonly reconciliation: string;
  readonly pass: string;
  readonly outcome: Outcome;
  /** The rule that settled its differences, and as what. */
  readonly rule: string | null;
  readonly reason: string | null;
  readonly expectedMinor: bigint | null;
  readonly actualMinor: bigint | null;
  readonly currency: string | null;
  /** What a pair was weighed on; undefined where keys were equal, amounts add up, or a person matched it. */
  readonly weighing: Weighing | undefined;
  /** Of one that is `excepted`, the numbers of the live exceptions that speak of its records. */
  readonly exceptions: readonly number[];
  /** The expected ones before the others, each by day. */
  readonly members: readonly MatchMember[];
};

/** A record as it is now. */
export type MatchMember = {
  readonly side: 'expected' | 'actual';
  readonly feed: string;
  readonly ref: string;
  readonly on: string;
  readonly client: string | null;
  readonly order: string | null;
  /** In minor units. */
  readonly amount: string | null;
  readonly currency: string | null;
};

/** Live matches with their records, in the order in which they were made. */
export async function matchLines(tx: Tx, query: MatchQuery): Promise<MatchLine[]> {
  const { workspaceId, reconciliationId, pass, outcome, after, limit } = query;
  const rows = await tx<(Omit<MatchLine, 'weighing'> & { explained: unknown })[]>`
    with page as materialized (
      select m.*
      from match m
      where m.workspace_id = ${workspaceId} and m.is_live
        ${reconciliationId === undefined ? tx`` : tx`and m.reconciliation_id = ${reconciliationId}`}
        ${pass === undefined ? tx`` : tx`and m.pass = ${pass}`}
        ${outcome === undefined ? tx`` : tx`and m.outcome = ${outcome}`}
        ${after === undefined ? tx`` : tx`and m.match_id > ${after}`}
      order by m.match_id
      limit ${limit}
    )
    select m.match_id as "matchId", r.key as reconciliation, m.pass, m.outcome, m.rule, m.reason,
           m.expected_minor as "expectedMinor", m.actual_minor as "actualMinor", m.currency,
           m.explained,
           case when m.outcome = 'excepted' then array(
             select distinct e.number
             from exception_member em
             join exception e on e.workspace_id = em.workspace_id and e.exception_id = em.exception_id
             where em.workspace_id = m.workspace_id and em.record_id = any(m.record_ids)
               and e.reconciliation_id = m.reconciliation_id and e.closed_at is null
             order by 1
           ) else '{}' end as exceptions,
           said.members
    from page m
    join reconciliation r on r.workspace_id = m.workspace_id and r.reconciliation_id = m.reconciliation_id
    cross join lateral (
      select json_agg(json_build_object('side', mm.side, 'feed', f.key, 'ref', c.source_ref, 'on', to_char(c.occurred_on, 'YYYY-MM-DD'),
               'client', c.client, 'order', c.order_ref, 'amount', c.amount_minor::text, 'currency', c.currency)
             order by mm.side desc, c.occurred_on, c.source_ref collate "C") as members
      from unnest(m.record_ids) as of_it (record_id)
      join match_member mm on mm.workspace_id = m.workspace_id and mm.reconciliation_id = m.reconciliation_id
        and mm.record_id = of_it.record_id and mm.is_live
      join record c on c.workspace_id = mm.workspace_id and c.record_id = mm.record_id
      join feed f on f.workspace_id = c.workspace_id and f.feed_id = c.feed_id
    ) said
    order by m.match_id`;
  return rows.map(({ explained, ...line }) => ({ ...line, weighing: weighingOf(explained) }));
}
