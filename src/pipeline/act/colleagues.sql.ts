import type { Tx } from '../../db/tx.ts';

export type Colleague = {
  readonly personId: string;
  readonly key: string;
  readonly name: string;
  /** Of the team that the exception is with. */
  readonly isOwnTeam: boolean;
};

type About = { readonly workspaceId: string; readonly exceptionId: string };

/** Everybody the exception could be handed to: active, in a team or leading one, and not its owner. Its team first, by name. */
export const colleaguesFor = (tx: Tx, about: About): Promise<Colleague[]> => read(tx, about, null);

/** The colleague with this key, also when they own the exception; undefined when nobody has it. */
export const findColleague = async (tx: Tx, about: About & { key: string }): Promise<Colleague | undefined> =>
  (await read(tx, about, about.key))[0];

async function read(tx: Tx, about: About, key: string | null): Promise<Colleague[]> {
  const rows = await tx<Row[]>`
    select p.person_id, p.key, p.name, bool_or(t.team_id = e.team_id) as is_own_team
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.is_active
    left join team_member m on m.workspace_id = t.workspace_id and m.team_id = t.team_id
    join person p on p.workspace_id = t.workspace_id and p.person_id in (m.person_id, t.lead_id) and p.is_active
    where e.workspace_id = ${about.workspaceId} and e.exception_id = ${about.exceptionId}
      and case when ${key}::text is null then p.person_id is distinct from e.owner_id else p.key = ${key}::text end
    group by p.person_id, p.key, p.name
    order by is_own_team desc, p.name, p.key`;
  return rows.map((row) => ({
    personId: row.person_id,
    key: row.key,
    name: row.name,
    isOwnTeam: row.is_own_team,
  }));
}

type Row = { person_id: string; key: string; name: string; is_own_team: boolean };
