import { Hono, type Context as HonoContext } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { newId } from '../db/new-id.ts';
import type { Logger } from '../observe/logger.ts';
import type { Installer } from '../slack/install/installer.ts';
import { STATE_SECONDS } from '../slack/install/state.ts';
import { REDIRECT_PATH } from '../slack/manifest.ts';
import { brokenPage, installPage } from './install-page.ts';

export type InstallRoutesOptions = {
  readonly installer: Installer;
  readonly publicUrl: string | undefined;
  readonly logger: Logger;
};

/** GET /slack/install sends somebody to Slack's page; GET /slack/oauth_redirect is where Slack sends them back. */
export function installRoutes({ installer, publicUrl, logger }: InstallRoutesOptions): Hono {
  const site = new Hono();
  const cookie = cookieFor(publicUrl);
  site.get('/slack/install', (c) => {
    const { location, cookie: value } = installer.begin();
    setCookie(c, cookie.name, value, { ...cookie.attributes, maxAge: STATE_SECONDS });
    c.header('cache-control', 'no-store');
    return c.redirect(location, 302);
  });
  site.get(REDIRECT_PATH, async (c) => {
    const { code, state, error } = c.req.query();
    const outcome = await installer.finish({ code, state, error, cookie: getCookie(c, cookie.name) });
    // One browser, one try: whatever came of it, the state is spent.
    setCookie(c, cookie.name, '', { ...cookie.attributes, maxAge: 0 });
    return pageOf(c, installPage(outcome));
  });
  site.onError((error, c) => {
    const reference = newId().slice(-12);
    logger.error({ err: error, reference }, 'an installation failed');
    return pageOf(c, brokenPage(reference));
  });
  return site;
}

/** The address holds a code that works once; it must not travel on, and nobody may frame or script the page. */
const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

function pageOf(
  c: HonoContext,
  { status, html }: ReturnType<typeof installPage>,
): Response | Promise<Response> {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value);
  return c.html(html, status);
}

/** Lax, because Slack's page sends the browser back from another site. Without https only on this very machine. */
function cookieFor(publicUrl: string | undefined) {
  const isPlain = publicUrl !== undefined && new URL(publicUrl).protocol === 'http:';
  return {
    name: isPlain ? 'tieout_install' : '__Host-tieout_install',
    attributes: { path: '/', httpOnly: true, sameSite: 'Lax', secure: !isPlain },
  } as const;
}
