import { seesEverything, type Viewer } from '../../core/work.ts';
import type { Tx } from '../../db/tx.ts';

/** The condition under which the viewer sees exception `e`: everybody's, or their teams' and their own. */
export const visibleTo = (tx: Tx, viewer: Viewer) =>
  seesEverything(viewer) ? tx`true` : tx`(e.owner_id = ${viewer.personId} or ${isOfTeam(tx, viewer)})`;

/** The condition that exception `e` belongs to a team the viewer is a member of. */
export const isOfTeam = (tx: Tx, { personId }: Viewer) => tx`
  exists (select from team_member m
          where m.workspace_id = e.workspace_id and m.team_id = e.team_id and m.person_id = ${personId})`;

/** The condition that exception `e` is past its due time; a promise that stands still is not getting later. */
export const isOverdue = (tx: Tx, now: Date) => tx`
  (e.closed_at is null and e.due_at < coalesce(e.due_paused_at, ${now.toISOString()}::timestamptz))`;

/** The condition that exception `e` is live, in the words of the partial index: a bound list of statuses cannot use it. */
export const onlyLive = (tx: Tx) => tx`e.status not in ('resolved', 'cleared')`;
