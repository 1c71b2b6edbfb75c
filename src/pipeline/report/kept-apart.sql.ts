import { type KeptApart, toDocument } from '../../core/explanation.ts';
import type { Side } from '../../core/spec.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { recordJson } from '../../db/record-json.sql.ts';
import type { Tx } from '../../db/tx.ts';
import { stillApart } from './still-apart.sql.ts';

type Asked = {
  readonly workspaceId: string;
  readonly reconciliationId: string;
  readonly exceptionId: string;
  readonly feeds: Readonly<Record<Side, string>>;
};

type Row = {
  own: MemberJson;
  other: MemberJson;
  kind: KeptApart['kind'];
  by_name: string;
  said_at: Date;
  note: string;
};

/** More than these are not told one by one. */
const MOST = 10;

/** From which records people keep those of an exception apart by now, each pair once, the latest decision first. */
export async function keptApart(tx: Tx, asked: Asked): Promise<KeptApart[]> {
  const { workspaceId, exceptionId, feeds } = asked;
  const document = (id: ReturnType<Tx>) => tx`
    (select ${recordJson(tx, feeds)} from record r
     join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
     where r.workspace_id = ${workspaceId} and r.record_id = ${id})`;
  const rows = await tx<Row[]>`
    select ${document(tx`n.own_id`)} as own, ${document(tx`n.other_id`)} as other, n.kind, n.by_name, n.said_at, n.note
    from (
      select distinct on (n.never_pair_id) n.never_pair_id, n.kind, n.said_at, n.note, p.name as by_name,
             m.record_id as own_id, case m.record_id when n.expected_id then n.actual_id else n.expected_id end as other_id
      from exception_member m
      join never_pair n on ${stillApart(tx, asked)} and m.record_id in (n.expected_id, n.actual_id)
      join person p on p.workspace_id = n.workspace_id and p.person_id = n.said_by
      where m.workspace_id = ${workspaceId} and m.exception_id = ${exceptionId}
      order by n.never_pair_id, m.record_id <> n.expected_id
    ) as n
    order by n.said_at desc, n.never_pair_id
    limit ${MOST}`;
  return rows.map(({ own, other, kind, by_name: byName, said_at: at, note }) => ({
    kind,
    own: toDocument(toMatchRecord(own)),
    other: toDocument(toMatchRecord(other)),
    byName,
    at,
    note,
  }));
}
