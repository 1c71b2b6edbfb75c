import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Change } from '../live.ts';
import type { Workspace } from '../workspace.ts';
import { isForeign, sendJson } from './request.ts';

const SCRIPTS = [
  'acts',
  'app',
  'answers',
  'blocks',
  'charts',
  'combobox',
  'composer',
  'controls',
  'dom',
  'faults',
  'files',
  'menu',
  'messages',
  'modal',
  'mrkdwn',
  'rich-text',
  'side',
  'sidebar',
  'workspace',
];

const STYLES = [
  'theme',
  'page',
  'messages',
  'blocks',
  'tables',
  'forms',
  'composer',
  'modal',
  'drawer',
  'narrow',
  'side',
];

const ASSETS: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/side.html': { file: 'side.html', type: 'text/html; charset=utf-8' },
  ...Object.fromEntries(
    STYLES.map((name) => [`/${name}.css`, { file: `${name}.css`, type: 'text/css; charset=utf-8' }]),
  ),
  ...Object.fromEntries(
    SCRIPTS.map((name) => [`/${name}.js`, { file: `${name}.js`, type: 'text/javascript; charset=utf-8' }]),
  ),
};

/** Own files only; images by https, since messages may show them; frames of itself, side by side. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' https: data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Serves one of the page's own files; false when the path is none of them. */
export async function servePage(pathname: string, response: ServerResponse): Promise<boolean> {
  const asset = ASSETS[pathname];
  if (!asset) return false;
  const content = await readFile(new URL(`../page/${asset.file}`, import.meta.url));
  response.writeHead(200, { ...HEADERS, 'content-type': asset.type });
  response.end(content);
  return true;
}

/** A permalink leads to the page with its channel open; null when the path is no permalink. */
export function permalinkTarget(pathname: string): string | null {
  const match = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/.exec(pathname);
  return match ? `/#channel=${match[1]}&message=${match[2]}.${match[3]}` : null;
}

const KEEP_ALIVE_MS = 20_000;

/** Streams the changes that this person may see, as Server-Sent Events. */
export function streamChanges(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const user = new URL(request.url ?? '/', 'http://localhost').searchParams.get('as') ?? '';
  if (isForeign(request) || !workspace.users.has(user)) {
    sendJson(response, 403, { error: 'No such person, or a page that is not ours.' });
    return;
  }
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
  response.write('retry: 1000\n\n');
  const unsubscribe = workspace.live.subscribe((change) => {
    if (concerns(workspace, change, user)) response.write(`data: ${JSON.stringify(change)}\n\n`);
  });
  const beat = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS);
  const end = () => {
    clearInterval(beat);
    unsubscribe();
    response.end();
  };
  request.on('close', end);
  workspace.closing.signal.addEventListener('abort', end, { once: true });
}

function concerns(workspace: Workspace, change: Change, user: string): boolean {
  if ('user' in change && change.user !== undefined) return change.user === user;
  if (change.kind !== 'messages') return true;
  return workspace.channels.get(change.channel)?.members.includes(user) ?? false;
}
