import type { Reconciliation } from '../../core/spec.ts';
import { asksBeyondAmounts } from '../../core/verify.ts';
import type { SqlPart } from '../../db/condition.sql.ts';
import { membersOf } from '../../db/planned-members.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** A match of this run that a rule settled, and what its records say of it. */
export type SettledMatch = {
  readonly matchId: string;
  readonly pass: string;
  readonly rule: string;
  readonly reason: string;
  readonly expectedMinor: bigint | null;
  readonly actualMinor: bigint | null;
  readonly currency: string | null;
  /** The first that any of its records has: the expected ones before the others, each by day. */
  readonly orderRef: string | null;
  readonly client: string | null;
  /** What its credits hold in the field of their period, each value once. */
  readonly periods: readonly string[];
};

/**
 * The made matches that a rule settled, in the order of their ids. Of their records only what is told of them is read.
 */
export async function madeAutoResolved(
  tx: Tx,
  spec: Pick<Reconciliation, 'verify' | 'credits'>,
): Promise<SettledMatch[]> {
  const period = spec.credits?.period;
  const inOrder = tx`order by p.side desc, p.occurred_on, p.source_ref collate "C", p.record_id`;
  const periodOf =
    period === undefined
      ? tx`null::text`
      : tx`case when p.is_credit then p.fields::json ->> ${period}::text end`;
  return await tx<SettledMatch[]>`
    with settled as materialized (
      select made.match_id, made.pass, made.group_key, made.rule, made.reason, made.expected_minor, made.actual_minor,
             made.currency, made.expected_id, made.actual_id
      from made_group made
      where made.outcome = 'auto_resolved'
    ),
    said as (
      select m.match_id,
             (array_agg(p.order_ref ${inOrder}) filter (where p.order_ref <> ''))[1] as order_ref,
             (array_agg(p.client ${inOrder}) filter (where p.client <> ''))[1] as client,
             array_agg(distinct ${periodOf}) filter (where ${periodOf} is not null) as periods
      from ${membersOf(tx, 'settled')} m
      join ${rowsOf(tx, spec)} p on p.record_id = m.record_id
      where p.order_ref <> '' or p.client <> '' or p.is_credit
      group by m.match_id
    )
    select made.match_id as "matchId", made.pass, made.rule, made.reason, made.expected_minor as "expectedMinor",
           made.actual_minor as "actualMinor", made.currency, said.order_ref as "orderRef", said.client,
           coalesce(said.periods, '{}') as periods
    from settled made
    left join said on said.match_id = made.match_id
    order by made.match_id`;
}

/** Rows of the pool in which the settled groups' are: what was not equal from the start was gathered, or is of a later pass. */
function rowsOf(tx: Tx, spec: Pick<Reconciliation, 'verify'>): SqlPart {
  if (asksBeyondAmounts(spec)) return tx`pool`;
  const columns = tx`p.record_id, p.side, p.occurred_on, p.source_ref, p.order_ref, p.client, p.is_credit, p.fields`;
  return tx`(select ${columns} from told_pool p union all select ${columns} from set_pool p)`;
}
