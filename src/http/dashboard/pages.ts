import type { Context } from 'hono';
import { keepable } from '../../core/act.ts';
import { amountTagOf, configuredPage } from '../../core/configured.ts';
import { exceptionLabel, parseExceptionLabel } from '../../core/ids.ts';
import type { Sql } from '../../db/client.ts';
import { checkRecord } from '../../pipeline/report/doctor.ts';
import { exceptionInFull } from '../../pipeline/report/exception-in-full.ts';
import { orderReport } from '../../pipeline/report/order.ts';
import { readOverview } from '../../pipeline/report/overview.ts';
import { readQuery } from '../api/read-query.ts';
import type { DashboardWorkspace } from './dashboard.ts';
import { exceptionPage } from './exception-page.ts';
import { filterOf, type ListQuery, listQuery } from './filter.ts';
import { orderPage } from './order-page.ts';
import { overviewPage } from './overview-page.ts';
import { type Html, said, writerIn } from './say.ts';
import { problemPage } from './sign-in-page.ts';

/** Who looks, at which workspace, and when. */
export type Seen = {
  readonly workspace: DashboardWorkspace;
  /** Whether the browser keeps a key that can be put away. */
  readonly isSignedIn: boolean;
  readonly sql: Sql;
  readonly now: Date;
};

export type PageAnswer = { readonly html: Html; readonly status: 200 | 400 | 404 };

const ok = (html: Html): PageAnswer => ({ html, status: 200 });

/** The overview, with the exceptions that the address asks for. */
export async function overviewAnswer(c: Context, seen: Seen): Promise<PageAnswer> {
  const read = readQuery({ search: new URL(c.req.url).search, given: c.req.queries() }, listQuery);
  if (!read.ok) return { html: problemPage('That cannot be shown', `${read.problem.detail}.`), status: 400 };
  const query = read.query as ListQuery;
  const { workspace, sql, now } = seen;
  const { workspaceId, organisation, reconciliations: specs } = workspace;
  const filter = filterOf(query);
  const asked = { workspaceId, organisation, specs, filter, page: query.page - 1, now };
  const overview = await readOverview(sql, asked);
  const checks = await checkRecord(sql, { workspaceId, now: () => new Date() });
  const { instant, zone } = writerIn(organisation.zone);
  const page = configuredPage(overview.page, organisation);
  return ok(overviewPage({ ...about(seen), overview: { ...overview, page }, checks, query, instant, zone }));
}

/** One exception with everything on the record about it. */
export async function exceptionAnswer(c: Context, seen: Seen): Promise<PageAnswer> {
  const given = c.req.param('label') ?? '';
  const number = parseExceptionLabel(given);
  const { workspaceId, organisation, reconciliations: specs } = seen.workspace;
  const full =
    number === undefined ? undefined : await exceptionInFull(seen.sql, { workspaceId, number, specs });
  if (!full) {
    const named = number === undefined ? `"${said(given)}"` : exceptionLabel(number);
    return nothing(
      `There is no exception ${named}`,
      'They are written like EX-1042. The overview lists them.',
    );
  }
  const amountTag = amountTagOf(organisation, full.facts.client);
  return ok(exceptionPage({ ...about(seen), full, amountTag, writer: writerIn(organisation.zone) }));
}

/** One order with everything on the record about it. */
export async function orderAnswer(c: Context, seen: Seen): Promise<PageAnswer> {
  const orderRef = keepable(c.req.param('ref') ?? '');
  const { workspaceId, organisation } = seen.workspace;
  const report = await orderReport(seen.sql, { workspaceId, orderRef });
  if (report.records.length + report.exceptions.length === 0) {
    const like = report.didYouMean.map(said).join(', ');
    return nothing(
      `Nothing carries order "${said(orderRef)}"`,
      like === '' ? 'Check how it is written.' : `Did you mean ${like}?`,
    );
  }
  return ok(orderPage({ ...about(seen), report, writer: writerIn(organisation.zone) }));
}

const about = ({ workspace, now, isSignedIn }: Seen) => ({ workspace: workspace.name, now, isSignedIn });

const nothing = (title: string, detail: string): PageAnswer => ({
  html: problemPage(title, detail),
  status: 404,
});
