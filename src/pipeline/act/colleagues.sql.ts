import type { Tx } from '../../db/tx.ts';

export type Colleague = {
  readonly personId: string;
  readonly key: string;
  readonly name: string;
  /** Of the team that the exception is with. */
  readonly isOwnTeam: boolean;
  /** The last day on which they are away, `YYYY-MM-DD`; undefined while they are here. */
  readonly awayUntil?: string | undefined;
  /** Who is there for them while they are away. */
  readonly standIn?: { readonly personId: string; readonly name: string } | undefined;
};

type About = { readonly workspaceId: string; readonly exceptionId: string };

/** Everybody the exception could be handed to: here, in a team or leading one, and not its owner. Its team first, by name. */
export const colleaguesFor = (tx: Tx, about: About): Promise<Colleague[]> => read(tx, about, null);

/** The colleague with this key, also when they own the exception; undefined when nobody has it, or has it and left. */
export const findColleague = async (tx: Tx, about: About & { key: string }): Promise<Colleague | undefined> =>
  (await read(tx, about, about.key))[0];

/** Whom an offer to this colleague reaches, and what the trail says of it. */
export const offerTo = ({ personId, name, standIn }: Colleague) => ({
  to: standIn ?? { personId, name },
  said: { target: name, ...(standIn ? { stand_in: standIn.name } : {}) },
});

async function read(tx: Tx, about: About, key: string | null): Promise<Colleague[]> {
  const rows = await tx<Row[]>`
    select p.person_id, p.key, p.name, bool_or(t.team_id = e.team_id) as is_own_team,
           to_char(max(a.until_on), 'YYYY-MM-DD') as away_until, s.person_id as stand_in_id, s.name as stand_in_name
    from exception e
    join team t on t.workspace_id = e.workspace_id and t.is_active
    left join team_member m on m.workspace_id = t.workspace_id and m.team_id = t.team_id
    join person p on p.workspace_id = t.workspace_id and p.person_id in (m.person_id, t.lead_id)
      and p.is_active and p.left_at is null
    left join absence a on a.workspace_id = p.workspace_id and a.person_id = p.person_id
      and a.from_at <= clock_timestamp() and clock_timestamp() < a.until_at
    left join person s on a.person_id is not null and s.workspace_id = p.workspace_id and s.person_id <> p.person_id
      and s.person_id = tieout.stand_in(p.workspace_id, p.person_id, null, clock_timestamp())
    where e.workspace_id = ${about.workspaceId} and e.exception_id = ${about.exceptionId}
      and case when ${key}::text is null then p.person_id is distinct from e.owner_id else p.key = ${key}::text end
    group by p.person_id, p.key, p.name, s.person_id, s.name
    order by is_own_team desc, p.name, p.key`;
  return rows.map((row) => ({
    personId: row.person_id,
    key: row.key,
    name: row.name,
    isOwnTeam: row.is_own_team,
    awayUntil: row.away_until ?? undefined,
    standIn:
      row.stand_in_id === null ? undefined : { personId: row.stand_in_id, name: row.stand_in_name ?? '' },
  }));
}

type Row = {
  person_id: string;
  key: string;
  name: string;
  is_own_team: boolean;
  away_until: string | null;
  stand_in_id: string | null;
  stand_in_name: string | null;
};
