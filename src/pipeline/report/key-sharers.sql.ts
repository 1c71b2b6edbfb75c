import type { MatchRecord } from '../../core/match.ts';
import { ownField } from '../../core/match-key.ts';
import { type CombinePass, type ExactPass, type Reconciliation, SIDES } from '../../core/spec.ts';
import type { Sharer } from '../../core/unkeyed.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { recordJson } from '../../db/record-json.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { stillApart } from './still-apart.sql.ts';

type Asked = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly spec: Reconciliation;
  readonly record: MatchRecord;
  readonly passes: readonly (ExactPass | CombinePass)[];
};

type Row = {
  member: MemberJson;
  is_removed: boolean;
  pass: string | null;
  matched_with: string[] | null;
  is_kept_apart: boolean;
};

/** More with one key than this say nothing more. */
const MOST = 500;

/**
 * Records of both sides whose key fields (but the amount) are those of the record in some pass, free ones first, with what
 * keeps each from being paired. Reads through both feeds: fields have no index.
 */
export async function keySharers(tx: Tx, { spec, record, passes, ...scope }: Asked): Promise<Sharer[]> {
  const conditions = passes.flatMap((pass) => {
    const names = pass.kind === 'exact' ? pass : pass.within;
    return SIDES.flatMap((side) => sharesKey(tx, { spec, record, names, side }));
  });
  if (conditions.length === 0) return [];
  const { workspaceId, reconciliationId } = scope;
  const feeds = { expected: spec.expected.feed, actual: spec.actual.feed };
  const rows = await tx<Row[]>`
    with sharing as materialized (
      select r.record_id, ${recordJson(tx, feeds)} as member, r.is_removed, r.occurred_on, r.source_ref
      from record r
      join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
      where r.workspace_id = ${workspaceId} and r.record_id <> ${record.recordId}
        and (${conditions.reduce((some, one) => tx`${some} or ${one}`)})
    )
    select s.member, s.is_removed, ma.pass,
           case when mm.match_id is not null then
             array(select o.source_ref from record o
                   where o.workspace_id = ${workspaceId} and o.record_id = any(ma.record_ids)
                     and o.record_id <> s.record_id
                   order by o.source_ref collate "C" limit 3) end as matched_with,
           exists (
             select from never_pair n
             where ${stillApart(tx, scope)}
               and ((n.expected_id = s.record_id and n.actual_id = ${record.recordId})
                    or (n.actual_id = s.record_id and n.expected_id = ${record.recordId}))) as is_kept_apart
    from sharing s
    left join match_member mm on mm.workspace_id = ${workspaceId} and mm.reconciliation_id = ${reconciliationId}
      and mm.record_id = s.record_id and mm.is_live
    left join match ma on ma.workspace_id = ${workspaceId} and ma.match_id = mm.match_id
    order by mm.match_id is not null, s.is_removed, s.occurred_on, s.source_ref collate "C"
    limit ${MOST}`;
  return rows.map((row) => ({
    record: toMatchRecord(row.member),
    isRemoved: row.is_removed,
    matched: row.pass === null ? undefined : { pass: row.pass, with: row.matched_with ?? [] },
    isKeptApart: row.is_kept_apart,
  }));
}

type Key = {
  readonly spec: Reconciliation;
  readonly record: MatchRecord;
  readonly names: Pick<ExactPass, 'expected' | 'actual'>;
  readonly side: 'expected' | 'actual';
};

/** Whether record `r` of feed `f` is of this side and has the key; nothing where the key is empty, or only the amount. */
function sharesKey(tx: Tx, { spec, record, names, side }: Key) {
  const pairs = names[record.side].flatMap((own, at) => {
    const name = names[side][at] ?? own;
    const isAmount = own === spec[record.side].amount && name === spec[side].amount;
    return isAmount ? [] : [{ name, value: ownField(record, own) ?? '' }];
  });
  if (pairs.length === 0 || pairs.some(({ value }) => value === '')) return [];
  const equal = pairs.map(({ name, value }) => tx`r.fields::json ->> ${name}::text = ${value}`);
  return [tx`(f.key = ${spec[side].feed} and ${equal.reduce((all, one) => tx`${all} and ${one}`)})`];
}
