import type { Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';
import { visibleTo } from './visible-to.sql.ts';

/** Names that the entries which somebody sees have: people by key and name. */
export type EntryNames = {
  readonly clients: string[];
  readonly orders: string[];
  readonly payees: string[];
  readonly people: string[];
};

/** Only a few thousand are looked through for a word that is near; more would make somebody wait. */
const MOST = 5_000;

/** The names of the latest entries and open proposals of what the viewer sees. */
export async function entryNames(
  tx: Tx,
  { workspaceId, viewer }: { workspaceId: string; viewer: Viewer },
): Promise<EntryNames> {
  const [row] = await tx<EntryNames[]>`
    with seen as (
      (select a.client, a.order_ref, a.payee, a.made_by
       from adjustment a
       join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
       where a.workspace_id = ${workspaceId} and ${visibleTo(tx, viewer)}
       order by a.number desc limit ${MOST})
      union
      (select e.client, e.order_ref, e.payee, a.proposed_by
       from proposal a
       join exception e on e.workspace_id = a.workspace_id and e.exception_id = a.exception_id
       where a.workspace_id = ${workspaceId} and a.state = 'open' and a.kind <> 'release' and ${visibleTo(tx, viewer)}
       order by a.made_seq desc limit ${MOST})
    )
    select
      array(select distinct s.client from seen s where s.client is not null order by s.client) as clients,
      array(select distinct s.order_ref from seen s where s.order_ref is not null order by s.order_ref) as orders,
      array(select distinct s.payee from seen s where s.payee is not null order by s.payee) as payees,
      array(
        select distinct w.word
        from (select distinct s.made_by from seen s) made
        join person p on p.workspace_id = ${workspaceId} and p.person_id = made.made_by
        cross join lateral (values (p.key), (p.name)) as w (word)
        order by w.word
      ) as people`;
  return row ?? { clients: [], orders: [], payees: [], people: [] };
}
