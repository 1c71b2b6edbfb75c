import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Fault } from '../../core/fault.ts';
import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/new-id.ts';
import type { Logger } from '../../observe/logger.ts';
import type { ApiWorkspace } from '../api/route.ts';
import { admission, canKeep, forgetKey, isOwnForm, keepKey, shownHeader } from './admit.ts';
import { PAGE_HEADERS } from './layout.ts';
import { exceptionAnswer, orderAnswer, overviewAnswer, type PageAnswer, type Seen } from './pages.ts';
import type { Html } from './say.ts';
import { problemPage, signInPage } from './sign-in-page.ts';

export type DashboardOptions = {
  /** For looking keys up. */
  readonly keys: Sql;
  /** For what pages say. */
  readonly reports: Sql;
  readonly workspaces: readonly DashboardWorkspace[];
  /** Whether it opens without a key to whoever sits at this machine. */
  readonly isOpen?: boolean;
  readonly logger: Logger;
};

export type DashboardWorkspace = ApiWorkspace & { readonly name: string };

/** A key and a path. What is longer is not read: anybody may send it. */
const LONGEST_FORM = 8_192;

const NEEDS_HTTPS =
  'A browser keeps a key only on a page that came over https, or from this machine. Open the dashboard by its https address.';

/** The dashboard at `/`: how a workspace stands, its exceptions and orders. It only reads; decisions are made in Slack. */
export function dashboardRoutes(options: DashboardOptions): Hono {
  const { keys, reports, workspaces, isOpen = false, logger } = options;
  const admit = admission({ sql: keys, workspaces, isOpen });
  const site = new Hono();
  const looking =
    (answer: (c: Context, seen: Seen) => Promise<PageAnswer>) =>
    async (c: Context): Promise<Response> => {
      const admitted = await admit(shownHeader(c), c);
      if ('problem' in admitted) return askForKey(c, admitted.problem?.detail);
      const { html, status } = await answer(c, { ...admitted, sql: reports, now: new Date() });
      return shown(html, status);
    };
  site.get('/', looking(overviewAnswer));
  site.get('/exceptions/:label', looking(exceptionAnswer));
  site.get('/orders/:ref', looking(orderAnswer));
  const isShort = bodyLimit({
    maxSize: LONGEST_FORM,
    onError: () => shown(signInPage({ problem: 'That is longer than any key.', next: '/' }), 413),
  });
  site.post('/sign-in', isShort, async (c) => {
    const form = await c.req.parseBody();
    const next = pathOf(form.next);
    if (!isOwnForm(c)) return refused('Sign in on this page itself.', next);
    if (!canKeep(c)) return refused(NEEDS_HTTPS, next);
    const key = typeof form.key === 'string' ? form.key.trim() : '';
    const admitted = await admit(`Bearer ${key}`, c);
    if ('problem' in admitted) return refused(admitted.problem?.detail, next);
    keepKey(c, key);
    return c.redirect(next, 303);
  });
  site.post('/sign-out', (c) => {
    if (isOwnForm(c)) forgetKey(c);
    return c.redirect('/', 303);
  });
  site.onError((error) => trouble(error, logger));
  return site;
}

/** The page that asks for a key, and leads on to where somebody wanted to go. */
function askForKey(c: Context, problem: string | undefined): Promise<Response> {
  const { pathname, search } = new URL(c.req.url);
  const next = `${pathname}${search}`;
  if (problem !== undefined) return refused(problem, next);
  return shown(signInPage({ next }), pathname === '/' ? 200 : 401);
}

const refused = (problem: string | undefined, next: string): Promise<Response> =>
  shown(signInPage({ problem, next }), 403);

/** A path of ours to go on to; anything else leads to the overview. */
const pathOf = (next: unknown): string =>
  typeof next === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(next) ? next : '/';

const shown = async (html: Html, status: number): Promise<Response> =>
  new Response(String(await html), { status, headers: PAGE_HEADERS });

function trouble(error: Error, logger: Logger): Promise<Response> {
  const reference = newId().slice(-12);
  logger.error({ err: error, reference }, 'a page of the dashboard failed');
  const title = error instanceof Fault ? 'The record cannot be read now' : 'Something went wrong here';
  const detail = `Open it again in a moment. If it stays so, tell whoever operates Tieout the reference ${reference}.`;
  return shown(problemPage(title, detail), error instanceof Fault ? 503 : 500);
}
