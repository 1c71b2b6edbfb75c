import { type KeptApart, toDocument } from '../../core/explanation.ts';
import type { Side } from '../../core/spec.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { recordJson } from '../../db/record-json.sql.ts';
import type { Tx } from '../../db/tx.ts';

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

/** From which records people keep those of an exception apart, the latest decision first. */
export async function keptApart(tx: Tx, asked: Asked): Promise<KeptApart[]> {
  const { workspaceId, reconciliationId, exceptionId, feeds } = asked;
  const document = (id: ReturnType<Tx>) => tx`
    (select ${recordJson(tx, feeds)} from record r
     join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
     where r.workspace_id = ${workspaceId} and r.record_id = ${id})`;
  const rows = await tx<Row[]>`
    select ${document(tx`m.record_id`)} as own,
           ${document(tx`case m.record_id when n.expected_id then n.actual_id else n.expected_id end`)} as other,
           n.kind, p.name as by_name, n.said_at, n.note
    from exception_member m
    join never_pair n on n.workspace_id = m.workspace_id and n.reconciliation_id = ${reconciliationId}
      and n.lifted_at is null and m.record_id in (n.expected_id, n.actual_id)
    join person p on p.workspace_id = n.workspace_id and p.person_id = n.said_by
    where m.workspace_id = ${workspaceId} and m.exception_id = ${exceptionId}
    order by n.said_at desc, n.never_pair_id, m.record_id
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
