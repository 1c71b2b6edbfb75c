import type { Sql } from '../../src/db/client.ts';
import { inWorkspace } from '../../src/db/tx.ts';

/** Two records by the references of their systems; proposed to a person where not decided by the machine. */
export type Pair = { readonly expected: string; readonly actual: string; readonly isAuto: boolean };

/** What the machine paired, and what it proposes to a person: the candidate that came closest to either of the two. */
export const decided = (
  sql: Sql,
  { workspaceId, expectedFeed }: { workspaceId: string; expectedFeed: string },
): Promise<readonly Pair[]> =>
  inWorkspace(
    sql,
    workspaceId,
    (tx) => tx<Pair[]>`
      select e.source_ref as expected, a.source_ref as actual, true as "isAuto"
      from match_member em
      join record e on e.workspace_id = em.workspace_id and e.record_id = em.record_id
      join match_member am on am.workspace_id = em.workspace_id and am.match_id = em.match_id and am.side = 'actual'
      join record a on a.workspace_id = am.workspace_id and a.record_id = am.record_id
      where em.workspace_id = ${workspaceId} and em.side = 'expected' and em.is_live
      union all
      select e.source_ref, a.source_ref, false
      from rejected_candidate c
      join rejected_candidate back on back.workspace_id = c.workspace_id and back.record_id = c.candidate_id
        and back.candidate_id = c.record_id and back.rank = 1
      join record e on e.workspace_id = c.workspace_id and e.record_id = c.record_id
      join feed f on f.workspace_id = e.workspace_id and f.feed_id = e.feed_id and f.key = ${expectedFeed}
      join record a on a.workspace_id = c.workspace_id and a.record_id = c.candidate_id
      where c.workspace_id = ${workspaceId} and c.rank = 1 and c.verdict in ('suggested', 'ambiguous')`,
  );
