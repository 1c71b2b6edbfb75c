import type { SettledCount } from '../../core/digest.ts';
import type { Tx } from '../../db/tx.ts';
import type { DigestQuery } from './digest-counts.sql.ts';
import { isOneOf } from './digest-scope.sql.ts';

type Row = {
  reconciliation: string;
  rule: string | null;
  currency: string | null;
  count: number;
  minor: string;
};

/**
 * The groups that rules settled in runs of the period and that still stand, by reconciliation, rule and currency. Where a
 * side names no amount, as of records that reverse each other or of leads, nothing is between the two.
 */
export async function settledCounts(
  tx: Tx,
  { workspaceId, scope, period }: Pick<DigestQuery, 'workspaceId' | 'scope' | 'period'>,
): Promise<SettledCount[]> {
  const rows = await tx<Row[]>`
    select r.key as reconciliation, m.rule, m.currency, count(*)::integer as count,
           coalesce(sum(abs(m.actual_minor - m.expected_minor)), 0)::text as minor
    from run u
    join match m on m.workspace_id = u.workspace_id and m.run_id = u.run_id
    join reconciliation r on r.workspace_id = u.workspace_id and r.reconciliation_id = u.reconciliation_id
    where u.workspace_id = ${workspaceId} and u.mode = 'active'
      and u.started_at >= ${period.from.toISOString()}::timestamptz
      and u.started_at < ${period.until.toISOString()}::timestamptz
      and m.outcome = 'auto_resolved' and m.is_live and ${ofClients(tx, scope)}
    group by r.key, m.rule, m.currency
    order by r.key, m.rule, m.currency`;
  return rows.map(({ rule, currency, minor, ...row }) => ({
    ...row,
    rule: rule ?? undefined,
    currency: currency ?? undefined,
    minor: BigInt(minor),
  }));
}

const ofClients = (tx: Tx, scope: DigestQuery['scope']) =>
  scope.kind === 'clients'
    ? tx`exists (
        select from record d
        where d.workspace_id = m.workspace_id and d.record_id = any(m.record_ids)
          and ${isOneOf(tx, tx`d.client`, scope.clients)}
      )`
    : tx`true`;
