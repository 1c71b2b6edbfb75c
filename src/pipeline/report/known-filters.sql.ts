import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';

/** What a filter may ask for: teams by their keys, owners by key and name. */
export type KnownFilters = {
  readonly types: string[];
  readonly teams: string[];
  readonly owners: string[];
  readonly clients: string[];
  readonly orders: string[];
};

/** Only a few thousand are looked through for a word that is near; more would make somebody wait. */
const MOST = 5_000;

/** The types, teams, owners, clients and newest orders of what the viewer sees. */
export async function knownFilters(
  tx: Tx,
  { workspaceId, viewer }: { workspaceId: string; viewer: Viewer },
): Promise<KnownFilters> {
  const [row] = await tx<KnownFilters[]>`
    with seen as (
      select e.type, t.key as team, o.key as owner, o.name as owner_name, e.client, e.order_ref, e.number
      from exception e
      join team t on t.workspace_id = e.workspace_id and t.team_id = e.team_id
      left join person o on o.workspace_id = e.workspace_id and o.person_id = e.owner_id
      where e.workspace_id = ${workspaceId} and ${visibleTo(tx, viewer)}
    )
    select
      array(select distinct s.type from seen s order by s.type) as types,
      array(select distinct s.team from seen s order by s.team) as teams,
      array(
        select w.word from seen s cross join lateral (values (s.owner), (s.owner_name)) as w (word)
        where w.word is not null group by w.word order by w.word
      ) as owners,
      array(select distinct s.client from seen s where s.client is not null order by s.client limit ${MOST}) as clients,
      array(
        select s.order_ref from seen s where s.order_ref is not null order by s.number desc limit ${MOST}
      ) as orders`;
  return row ?? { types: [], teams: [], owners: [], clients: [], orders: [] };
}
