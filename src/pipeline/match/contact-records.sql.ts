import type { MatchRecord } from '../../core/match.ts';
import type { IdentityRule } from '../../core/spec.ts';
import { memberJson } from '../../db/member-json.sql.ts';
import { type MemberJson, toMatchRecord } from '../../db/member-rows.ts';
import type { Tx } from '../../db/tx.ts';

/** The records of these contacts, and all others of their side that share one of their values. */
export async function contactRecords(
  tx: Tx,
  { side, id, aliases }: IdentityRule,
  ids: readonly string[],
): Promise<MatchRecord[]> {
  const names = aliases.map(({ own }) => own);
  const rows = await tx<{ member: MemberJson }[]>`
    with own as materialized (
      select p.record_id, p.fields from pool p
      where p.side = ${side} and p.fields::json ->> ${id}::text = any(${ids as string[]}::text[])
    ),
    value as (
      select distinct name.field, own.fields::json ->> name.field as value
      from own cross join unnest(${names}::text[]) as name (field)
      where own.fields::json ->> name.field <> ''
    ),
    holder as (
      select p.record_id
      from pool p
      cross join unnest(${names}::text[]) as name (field)
      join value v on v.field = name.field and v.value = p.fields::json ->> name.field
      where p.side = ${side}
      union
      select record_id from own
    )
    select ${memberJson(tx)} as member from pool p join holder using (record_id)`;
  return rows.map(({ member }) => toMatchRecord(member));
}
