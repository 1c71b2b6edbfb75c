import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asked } from '../oauth.ts';
import type { Workspace } from '../workspace.ts';
import { isForeign, readBody } from './request.ts';

export const AUTHORIZE_PATH = '/oauth/v2/authorize';

/** The page on which somebody allows the app, or not: the browser goes back to the app with a code, or without. */
export async function answerAuthorize(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const asked: Asked = {
    clientId: query.get('client_id') ?? '',
    redirectUri: query.get('redirect_uri') ?? undefined,
    scopes: (query.get('scope') ?? '').split(',').filter((scope) => scope !== ''),
  };
  const to = workspace.grants.redirectFor(asked);
  if ('error' in to) return sendPage(response, 400, errorPage(to.error));
  if (request.method !== 'POST') return sendPage(response, 200, consentPage(workspace, asked));
  if (isForeign(request)) return sendPage(response, 403, errorPage('Only this page may ask that.'));
  const form = new URLSearchParams((await readBody(request))?.toString('utf8') ?? '');
  const back = new URL(to.url);
  const user = workspace.users.get(form.get('as') ?? '')?.id ?? people(workspace)[0]?.id ?? '';
  if (form.get('decision') === 'allow') back.searchParams.set('code', workspace.grants.allow(asked, user));
  else back.searchParams.set('error', 'access_denied');
  back.searchParams.set('state', query.get('state') ?? '');
  response.writeHead(302, { location: back.href });
  response.end();
}

const people = (workspace: Workspace) =>
  workspace.users.values().filter((user) => !user.isBot && !user.deleted);

function sendPage(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
  });
  response.end(page(body));
}

function consentPage(workspace: Workspace, { scopes }: Asked): string {
  const app = escaped(workspace.app.name ?? 'The app');
  const options = people(workspace).map(
    ({ id, realName }) => `<option value="${escaped(id)}">${escaped(realName)}</option>`,
  );
  return `<h1>${app} asks to join ${escaped(workspace.team.name)}</h1>
<p>It will be able to:</p><ul>${scopes.map((scope) => `<li><code>${escaped(scope)}</code></li>`).join('')}</ul>
<form method="post"><label>Install as <select name="as">${options.join('')}</select></label>
<p><button name="decision" value="allow" class="yes">Allow</button> <button name="decision" value="deny">Cancel</button></p></form>`;
}

const errorPage = (error: string): string =>
  `<h1>That does not work</h1><p>Something is wrong with what the app asked: <code>${escaped(error)}</code></p>`;

/** A page of its own, outside the workspace: plain, and readable in both colour schemes. */
export const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Local Slack</title><style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:10vh auto;padding:0 1.5rem}
button,select{font:inherit;padding:.5rem 1rem;border-radius:.4rem;border:1px solid #8888}.yes{background:#007a5a;color:#fff}
</style></head><body><main>${body}</main></body></html>`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
