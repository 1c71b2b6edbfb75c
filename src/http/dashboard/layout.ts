import { html, raw } from 'hono/html';
import { type Html, said } from './say.ts';
import { STYLE } from './style.ts';

export type Shell = {
  readonly title: string;
  /** The workspace that is looked at; undefined before somebody has signed in. */
  readonly workspace?: string | undefined;
  /** When what the page says was read, in words, and in which zone its times are. */
  readonly asOf?: { readonly at: string; readonly zone: string } | undefined;
  /** Whether there is a key to put away. */
  readonly isSignedIn?: boolean;
  readonly body: Html;
};

/** A whole page. */
export const page = ({ title, workspace, asOf, isSignedIn, body }: Shell): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${said(title)} · Tieout</title>
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <header>
      <p class="brand"><a href="/">Tieout</a>${workspace === undefined ? '' : html` <span>${said(workspace)}</span>`}</p>
      ${asOf === undefined ? '' : html`<p class="as-of">as of ${asOf.at}, times in ${asOf.zone}</p>`}
      ${isSignedIn ? html`<form method="post" action="/sign-out"><button>Sign out</button></form>` : ''}
    </header>
    <main>${body}</main>
  </body>
</html>`;

/** Nobody may frame or script a page, and nothing of it is kept. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};
