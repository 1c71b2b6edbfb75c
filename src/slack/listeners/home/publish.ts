import { createHash } from 'node:crypto';
import { configuredHolds, configuredPage } from '../../../core/configured.ts';
import { Fault } from '../../../core/fault.ts';
import { type HomePages, homeReport } from '../../../pipeline/report/home-report.ts';
import { type HomeView, homeView, homeWords } from '../../views/home.ts';
import { personReader, teamReader } from '../../views/reader.ts';
import { refusalWords } from '../../views/refusals.ts';
import type { ListenerContext } from '../context.ts';
import type { HomeViewer } from './viewers.ts';

/** Publishes a Home. Throws Fault('slack_refused') when Slack does not take it. */
export async function publishView(
  context: ListenerContext,
  slackUserId: string,
  view: HomeView,
): Promise<void> {
  const outcome = await context.call('views.publish', { user_id: slackUserId, view });
  if (outcome.kind === 'done') return;
  const why = outcome.kind === 'rate_limited' ? 'ratelimited' : outcome.error;
  throw new Fault('slack_refused', `views.publish for ${slackUserId}: ${why}. It is tried again.`, {
    retryable: true,
  });
}

/** What a Home shows now; `gone` when the person is no longer known or active here, and their Home says so. */
export type Published =
  | { readonly kind: 'shown'; readonly pages: HomePages; readonly hash: string; readonly isNew: boolean }
  | { readonly kind: 'gone' };

/** Brings the person's Home up to date when it shows something else than what is on the record. */
export async function publishWork(
  context: ListenerContext,
  viewer: Readonly<HomeViewer>,
  now: Date,
): Promise<Published> {
  const { sql, workspaceId, organisation } = context;
  const { personId, slackUserId, pages, hash: shown } = viewer;
  const report = await homeReport(sql, { workspaceId, personId, pages, now });
  const reader = report ? personReader(organisation, report.viewer) : teamReader(organisation, undefined);
  if (!report?.viewer.isActive) {
    await publishView(context, slackUserId, homeWords(refusalWords({ code: 'inactive_person' }, reader)));
    return { kind: 'gone' };
  }
  const hash = hashOf(report);
  const isNew = hash !== shown;
  if (isNew) {
    const home = {
      viewer: report.viewer,
      mine: configuredPage(report.mine, organisation),
      unclaimed: configuredPage(report.unclaimed, organisation),
      holds: configuredHolds(report.holds, organisation),
    };
    await publishView(context, slackUserId, homeView(home, { reader, updatedAt: now }));
  }
  return {
    kind: 'shown',
    pages: { mine: report.mine.page, unclaimed: report.unclaimed.page },
    hash,
    isNew,
  };
}

/** Of what is shown, without the time at which it is. */
const hashOf = (report: object): string =>
  createHash('sha256')
    .update(
      JSON.stringify(report, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    )
    .digest('hex');
