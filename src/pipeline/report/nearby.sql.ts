import { type Document, toDocument } from '../../core/explanation.ts';
import type { MatchRecord } from '../../core/match.ts';
import { otherSide, type Side } from '../../core/spec.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { recordJson } from '../../db/record-json.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { stillApart } from './still-apart.sql.ts';

type Asked = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly feeds: Readonly<Record<Side, string>>;
  readonly record: MatchRecord;
};

/** So many are told. */
const MOST = 5;
/** Of another client, an amount further off than this is not near. */
const NEAR_SHARE = 0.05;

/**
 * Records of the other side that have no partner either and are an exception of their own: those of the same client, or
 * of about the same amount, the nearest in amount first.
 */
export async function nearbyRecords(tx: Tx, asked: Asked): Promise<Document[]> {
  const { workspaceId, reconciliationId, feeds, record } = asked;
  const client = record.client ?? null;
  const [minor, currency] = [record.amountMinor?.toString() ?? null, record.currency ?? null];
  // What is near is told from all that is open first, and asked about one by one only then: each open exception was asked how many records it
  // has and each pair that people keep apart was looked at for each of them.
  const rows = await tx<{ member: MemberJson }[]>`
    with kept_apart as materialized (
      select case n.expected_id when ${record.recordId}::uuid then n.actual_id else n.expected_id end as record_id
      from never_pair n
      where ${stillApart(tx, { workspaceId, reconciliationId })}
        and (n.expected_id = ${record.recordId} or n.actual_id = ${record.recordId})
    ), open as materialized (
      select m.exception_id, r.record_id, r.client is not distinct from ${client} and r.client is not null as is_same_client,
             case when r.currency = ${currency} then
               abs(r.amount_minor - ${minor}::bigint)::numeric / greatest(abs(${minor}::bigint), abs(r.amount_minor), 1)
             end as apart
      from exception e
      join exception_member m on m.workspace_id = e.workspace_id and m.exception_id = e.exception_id
        and m.side = ${otherSide(record.side)}
      join record r on r.workspace_id = m.workspace_id and r.record_id = m.record_id and not r.is_removed
      where e.workspace_id = ${workspaceId} and e.reconciliation_id = ${reconciliationId}
        and e.status not in ('resolved', 'cleared')
    ), near as (
      select o.record_id, o.is_same_client, o.apart
      from open o
      where (o.is_same_client or o.apart <= ${NEAR_SHARE}::numeric)
        and o.record_id not in (select k.record_id from kept_apart k)
        and not exists (
              select from exception_member also
              where also.workspace_id = ${workspaceId} and also.exception_id = o.exception_id
                and also.record_id <> o.record_id)
        and not exists (
              select from match_member mm
              where mm.workspace_id = ${workspaceId} and mm.reconciliation_id = ${reconciliationId}
                and mm.record_id = o.record_id and mm.is_live)
    )
    select ${recordJson(tx, feeds)} as member
    from near n
    join record r on r.workspace_id = ${workspaceId} and r.record_id = n.record_id
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    order by coalesce(n.apart, 1) + case when n.is_same_client then 0 else ${NEAR_SHARE}::numeric end,
             abs(r.occurred_on - ${record.occurredOn}::date), r.source_ref collate "C", r.record_id
    limit ${MOST}`;
  return rows.map(({ member }) => toDocument(toMatchRecord(member)));
}
