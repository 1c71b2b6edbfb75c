import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Sql } from '../../db/client.ts';
import { keyProblem, shownKey, unknownKey } from '../api/authenticate.ts';
import { type Pace, paceOf } from '../api/pace.ts';
import type { Problem } from '../api/problem.ts';
import { inSnapshot } from '../api/route.ts';
import type { DashboardWorkspace } from './dashboard.ts';

export type Admitting = {
  readonly sql: Sql;
  readonly workspaces: readonly DashboardWorkspace[];
  /** Whoever sits at this machine may look without a key: for the demo, whose data is made up. */
  readonly isOpen: boolean;
};

export type Admitted =
  | { readonly workspace: DashboardWorkspace; readonly isSignedIn: boolean }
  /** Undefined where no key was shown. */
  | { readonly problem: Problem | undefined };

/** A page is some statements; nobody reads faster. */
const PAGES_PER_SECOND = 5;
const STRANGERS_PER_SECOND = 20;
/** Somebody who signed in on a machine of others is not signed in tomorrow. */
const KEPT_SECONDS = 12 * 3_600;

const SECURE = '__Host-tieout_key';
/** On this machine, where there is no https. */
const PLAIN = 'tieout_key';

/** Decides who sees the dashboard: holders of a key with its scope, which the browser keeps in a cookie. */
export function admission({ sql, workspaces, isOpen }: Admitting) {
  const keys = paceOf(PAGES_PER_SECOND);
  const strangers = paceOf(STRANGERS_PER_SECOND);
  const byId = new Map(workspaces.map((workspace) => [workspace.workspaceId, workspace]));
  return async (header: string | undefined, c: Context): Promise<Admitted> => {
    const [only] = workspaces;
    if (isOpen && only !== undefined && isLocal(hostOf(c))) return { workspace: only, isSignedIn: false };
    if (header === undefined) return { problem: undefined };
    const now = new Date();
    const shown = shownKey(header);
    const workspace = 'code' in shown ? undefined : byId.get(shown.workspaceId);
    if ('code' in shown || workspace === undefined)
      return { problem: slowDown(strangers, '', now) ?? unknownKey() };
    const tooFast = slowDown(keys, shown.hash, now);
    if (tooFast) return { problem: tooFast };
    const found = await inSnapshot({ sql, secretHash: shown.hash, workspace, now }, async () => undefined);
    const problem = keyProblem(found?.key, { scope: 'dashboard:read', now });
    return problem ? { problem } : { workspace, isSignedIn: true };
  };
}

function slowDown(pace: Pace, who: string, now: Date): Problem | undefined {
  const waitMs = pace.wait(who, now.getTime());
  if (waitMs === undefined) return undefined;
  return { code: 'too_many', detail: `Ask again in ${Math.max(1, Math.ceil(waitMs / 1000))} s.` };
}

/** The key that a request shows, as the header of one: a program's own, or the browser's cookie. */
export function shownHeader(c: Context): string | undefined {
  const own = c.req.header('authorization');
  if (own !== undefined) return own;
  const kept = getCookie(c, SECURE) ?? (isLocal(hostOf(c)) ? getCookie(c, PLAIN) : undefined);
  return kept === undefined ? undefined : `Bearer ${kept}`;
}

/** Whether the browser can be asked to keep a key: over https, or on this machine. */
export const canKeep = (c: Context): boolean => !isPlainHttp(c) || isLocal(hostOf(c));

export function keepKey(c: Context, key: string): void {
  const isPlain = isPlainHttp(c);
  setCookie(c, isPlain ? PLAIN : SECURE, key, { ...ATTRIBUTES, secure: !isPlain, maxAge: KEPT_SECONDS });
}

export function forgetKey(c: Context): void {
  deleteCookie(c, SECURE, { ...ATTRIBUTES, secure: true });
  deleteCookie(c, PLAIN, ATTRIBUTES);
}

/** Lax, because links in Slack lead here from another site; pages only read. */
const ATTRIBUTES = { path: '/', httpOnly: true, sameSite: 'Lax' } as const;

/** A form of another site must not sign anybody in or out. */
export function isOwnForm(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = c.req.header('origin');
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === hostOf(c));
}

/** The browser says by which scheme it came; a proxy in front of us would not. */
const isPlainHttp = (c: Context): boolean => c.req.header('origin')?.startsWith('http:') === true;
const hostOf = (c: Context): string => c.req.header('host') ?? '';
const isLocal = (host: string): boolean => /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host);
