import type { MatchRecord } from '../../core/match.ts';
import type { Side } from '../../core/spec.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import { recordJson } from '../../db/record-json.sql.ts';
import type { Tx } from '../../db/tx.ts';

/** Which records are meant: by id, by the reference their source gave them, or as the members of an exception. */
export type RecordNames =
  | { readonly ids: readonly string[] }
  | { readonly references: readonly string[] }
  | { readonly exceptionId: string };

type Of = { readonly workspaceId: string; readonly feeds: Readonly<Record<Side, string>> };

/**
 * Records as they are now, of the feeds that a reconciliation compares, and on which side each stands; one that belongs
 * to neither is left out. A reference may name several, and may be an order's.
 */
export async function recordsOf(
  tx: Tx,
  { workspaceId, feeds }: Of,
  names: RecordNames,
): Promise<MatchRecord[]> {
  const rows = await tx<{ member: MemberJson }[]>`
    select ${recordJson(tx, feeds)} as member
    from record r
    join feed f on f.workspace_id = r.workspace_id and f.feed_id = r.feed_id
    where r.workspace_id = ${workspaceId} and f.key in (${feeds.expected}, ${feeds.actual}) and ${isNamed(tx, { workspaceId, feeds }, names)}
    order by r.occurred_on, r.source_ref collate "C", r.record_id`;
  return rows.map((row) => toMatchRecord(row.member));
}

function isNamed(tx: Tx, { workspaceId, feeds }: Of, names: RecordNames) {
  if ('ids' in names) return tx`r.record_id = any(${names.ids as string[]}::uuid[])`;
  if ('exceptionId' in names) {
    return tx`
      r.record_id in (select m.record_id from exception_member m
                      where m.workspace_id = r.workspace_id and m.exception_id = ${names.exceptionId})`;
  }
  const references = names.references as string[];
  // Each by its own index, which of orders has those that differ: asked for in one condition, all records of both feeds were read.
  return tx`
    r.record_id in (select s.record_id from record s
                    where s.feed_id in (select k.feed_id from feed k
                                        where k.workspace_id = ${workspaceId} and k.key in (${feeds.expected}, ${feeds.actual}))
                      and s.source_ref = any(${references}::text[])
                    union all
                    select o.record_id from record o
                    where o.workspace_id = ${workspaceId} and o.order_ref <> o.source_ref
                      and o.order_ref = any(${references}::text[]))`;
}
