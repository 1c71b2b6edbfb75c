import type { HoldPage } from '../../core/hold.ts';
import { LIVE_STATUSES } from '../../core/lifecycle.ts';
import type { Viewer, WorkPage } from '../../core/work.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { holdPage } from './hold-page.ts';
import { readViewer } from './viewer.sql.ts';
import { workPage } from './work-page.ts';

/** What a person's Home shows: what they own, what nobody of their teams has claimed yet, and what is on hold. */
export type HomeReport = {
  readonly viewer: Viewer;
  readonly mine: WorkPage;
  readonly unclaimed: WorkPage;
  /** What stops payments among all they see, the newest first. */
  readonly holds: HoldPage;
};

/** As many holds as a Home shows. */
const HOME_HOLDS = 5;

export type HomePages = { readonly mine: number; readonly unclaimed: number };

/** The person's work as of one instant, both lists by due time; undefined when there is no such person here. */
export async function homeReport(
  sql: Sql,
  input: { workspaceId: string; personId: string; pages: HomePages; now: Date },
): Promise<HomeReport | undefined> {
  const { workspaceId, personId, pages, now } = input;
  return await inWorkspace(
    sql,
    workspaceId,
    async (tx) => {
      const viewer = await readViewer(tx, workspaceId, personId);
      if (!viewer) return undefined;
      const query = { workspaceId, viewer, now, filter: { statuses: LIVE_STATUSES } };
      return {
        viewer,
        mine: await workPage(tx, { ...query, scope: 'mine' }, pages.mine),
        unclaimed: await workPage(tx, { ...query, scope: 'unclaimed' }, pages.unclaimed),
        holds: await holdPage(
          tx,
          { workspaceId, viewer, filter: { isOpen: true } },
          { page: 0, rows: HOME_HOLDS },
        ),
      };
    },
    { snapshot: true },
  );
}
