import { LIVE_STATUSES } from '../../core/lifecycle.ts';
import type { Viewer, WorkPage } from '../../core/work.ts';
import type { Sql } from '../../db/client.ts';
import { inWorkspace } from '../../db/tx.ts';
import { readViewer } from './viewer.sql.ts';
import { workPage } from './work-page.ts';

/** What a person's Home shows: what they own, and what nobody of their teams has claimed yet. */
export type HomeReport = { readonly viewer: Viewer; readonly mine: WorkPage; readonly unclaimed: WorkPage };

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
      };
    },
    { snapshot: true },
  );
}
