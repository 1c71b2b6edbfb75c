import type { MatchRecord } from '../../core/match.ts';
import type { Side } from '../../core/spec.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { recordJson } from '../../db/record-json.sql.ts';
import type { Tx } from '../../db/tx.ts';

type Asked = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly feeds: Readonly<Record<Side, string>>;
  /** The sides that are looked at. */
  readonly wanted: readonly Side[];
  readonly text: string;
  readonly without: readonly string[];
  readonly limit: number;
};

/** Records whose reference, or whose order's, contains a text whatever its case: the very one first, then those that are in no match. */
export async function recordsLike(
  tx: Tx,
  asked: Asked,
): Promise<{ readonly record: MatchRecord; readonly isMatched: boolean }[]> {
  const { workspaceId, reconciliationId, feeds, text, limit } = asked;
  const keys = asked.wanted.map((side) => feeds[side]);
  const rows = await tx<{ member: MemberJson; is_matched: boolean }[]>`
    with found as materialized (
      select r.record_id, lower(r.source_ref) = lower(${text}) or lower(r.order_ref) = lower(${text}) as is_exact
      from record r
      join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
      where r.workspace_id = ${workspaceId} and f.key = any(${keys}::text[]) and not r.is_removed
        and r.record_id <> all(${asked.without as string[]}::uuid[])
        and (position(lower(${text}) in lower(r.source_ref)) > 0
             or position(lower(${text}) in lower(r.order_ref)) > 0)
    )
    select ${recordJson(tx, feeds)} as member, mm.match_id is not null as is_matched
    from found
    join record r on r.workspace_id = ${workspaceId} and r.record_id = found.record_id
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    left join match_member mm on mm.workspace_id = ${workspaceId} and mm.reconciliation_id = ${reconciliationId}
      and mm.record_id = r.record_id and mm.is_live
    order by found.is_exact desc nulls last, mm.match_id is not null, r.source_ref collate "C", r.record_id
    limit ${limit}`;
  return rows.map(({ member, is_matched: isMatched }) => ({ record: toMatchRecord(member), isMatched }));
}
