import { absenceInstants } from '../../core/absence.ts';
import type { PersonConfig } from '../../core/organisation.ts';
import type { Tx } from '../../db/tx.ts';

/** Sets on which days each person is away, days of the zone; returns the keys of those for whom that is news. */
export async function replaceAbsences(
  tx: Tx,
  { workspaceId, people, zone }: { workspaceId: string; people: readonly PersonConfig[]; zone: string },
): Promise<string[]> {
  const wanted = people.flatMap(({ key, away = [] }) =>
    away.map((absence) => {
      const { fromAt, untilAt } = absenceInstants(absence, zone);
      return { key, ...absence, from_at: fromAt.toISOString(), until_at: untilAt.toISOString() };
    }),
  );
  const rows = await tx<{ key: string }[]>`
    with wanted as (
      select p.person_id, w."from" as from_on, w."until" as until_on, w.from_at, w.until_at
      from jsonb_to_recordset(${JSON.stringify(wanted)}::text::jsonb)
        as w (key text, "from" date, "until" date, from_at timestamptz, until_at timestamptz)
      join person p on p.workspace_id = ${workspaceId} and p.key = w.key
    ), gone as (
      delete from absence a
      where a.workspace_id = ${workspaceId} and not exists (
        select from wanted w where w.person_id = a.person_id and w.from_on = a.from_on)
      returning a.person_id
    ), kept as (
      insert into absence (workspace_id, person_id, from_on, until_on, from_at, until_at)
      select ${workspaceId}::uuid, w.person_id, w.from_on, w.until_on, w.from_at, w.until_at from wanted w
      on conflict (workspace_id, person_id, from_on) do update
        set until_on = excluded.until_on, from_at = excluded.from_at, until_at = excluded.until_at
        where (absence.until_on, absence.from_at, absence.until_at)
          is distinct from (excluded.until_on, excluded.from_at, excluded.until_at)
      returning absence.person_id
    )
    select distinct p.key
    from (select person_id from gone union select person_id from kept) as changed
    join person p on p.workspace_id = ${workspaceId} and p.person_id = changed.person_id
    order by p.key`;
  return rows.map(({ key }) => key);
}
