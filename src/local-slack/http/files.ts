import type { IncomingMessage, ServerResponse } from 'node:http';
import { FILES_PATH, takeUpload, UPLOAD_PATH } from '../api/files.ts';
import type { Workspace } from '../workspace.ts';
import { readBody, sendJson } from './request.ts';

/** Answers the addresses of files: where an app sends bytes, and where a person looks at them. */
export async function answerFiles(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname.startsWith(UPLOAD_PATH)) return await receive(workspace, request, response);
  const file = workspace.files.get(pathname.slice(FILES_PATH.length).split('/')[0] ?? '');
  if (!file?.complete || file.content === undefined) {
    return sendJson(response, 404, { error: 'There is no such file.' });
  }
  response.writeHead(200, {
    'content-type': file.mimetype,
    // What an app uploaded is shown to nobody as a page of this origin.
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  response.end(Buffer.from(file.content, 'base64'));
}

async function receive(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const body = request.method === 'POST' ? await readBody(request) : null;
  const bytes = body && (await contentOf(request, body));
  if (!bytes) return sendJson(response, 400, { ok: false, error: 'no_file_data' });
  const { status, said } = takeUpload(workspace, pathname.slice(UPLOAD_PATH.length), bytes);
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(said);
}

/** The bytes as they are, or the first file of a form. */
async function contentOf(request: IncomingMessage, body: Buffer): Promise<Buffer | null> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  const file = [...(form?.values() ?? [])].find((value) => typeof value !== 'string');
  return file ? Buffer.from(await file.arrayBuffer()) : null;
}
