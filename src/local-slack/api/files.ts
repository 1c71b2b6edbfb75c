import { randomBytes } from 'node:crypto';
import type { Json } from '../blocks/checks.ts';
import { tellPosted } from '../message-events.ts';
import type { Channel, StoredFile } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import type { Answer, Method } from './method.ts';
import { fail, isMember, isRecord, messageAt, structured, text, visibleChannel } from './method.ts';

export const UPLOAD_PATH = '/upload/v1/';
export const FILES_PATH = '/files/';

const TYPES: Record<string, string> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  txt: 'text/plain',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
};

const mimetypeOf = (name: string): string =>
  TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

function getUploadUrl(workspace: Workspace, args: Json): Answer {
  const name = text(args.filename) ?? '';
  const size = Number(args.length);
  if (!Number.isInteger(size) || size < 1) return fail('missing_argument');
  if ((text(args.alt_txt) ?? '').length > 1000) return fail('alt_txt_too_large');
  const id = workspace.newId('F');
  const ticket = `${id}-${randomBytes(12).toString('hex')}`;
  workspace.files.put(ticket, {
    id,
    name,
    title: name,
    mimetype: mimetypeOf(name),
    size,
    user: workspace.app.botUserId,
    createdAt: Math.floor(workspace.clock() / 1000),
    channels: [],
    complete: false,
  });
  return { ok: true, upload_url: new URL(`${UPLOAD_PATH}${ticket}`, workspace.url).href, file_id: id };
}

/** Takes the bytes that an upload address was given for; a sentence for the uploader, and the HTTP status. */
export function takeUpload(
  workspace: Workspace,
  ticket: string,
  bytes: Buffer,
): { status: number; said: string } {
  const file = workspace.files.get(ticket);
  if (!file) return { status: 404, said: 'no such upload' };
  if (bytes.length !== file.size) {
    return { status: 400, said: `${bytes.length} bytes came, and ${file.size} were announced` };
  }
  workspace.files.delete(ticket);
  workspace.files.put(file.id, { ...file, content: bytes.toString('base64') });
  return { status: 200, said: `OK - ${bytes.length}` };
}

type Named = { file: StoredFile; title: string | undefined };

function filesNamed(workspace: Workspace, value: unknown): Named[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const found = value.map((each) => {
    const file = isRecord(each) ? workspace.files.get(text(each.id) ?? '') : undefined;
    return file?.content === undefined || file.complete
      ? undefined
      : { file, title: isRecord(each) ? text(each.title) : undefined };
  });
  return found.every((each) => each !== undefined) ? found : undefined;
}

/** The channels to show the files in; the code of the refusal when one cannot be. */
function channelsNamed(workspace: Workspace, args: Json): Channel[] | string {
  const ids = (text(args.channels) ?? text(args.channel_id) ?? '').split(',').filter(Boolean);
  if (ids.length > 100) return 'channels_limit_exceeded';
  const channels: Channel[] = [];
  for (const id of ids) {
    const channel =
      visibleChannel(workspace, id) ?? (workspace.users.has(id) ? workspace.openIm(id) : undefined);
    if (!channel) return 'channel_not_found';
    if (channel.archived) return 'posting_to_channel_denied';
    if (!isMember(workspace, channel)) return 'not_in_channel';
    channels.push(channel);
  }
  return channels;
}

function complete(workspace: Workspace, args: Json): Answer {
  const read = structured(args.files);
  const named = read === 'unreadable' ? undefined : filesNamed(workspace, read.value);
  if (!named) return fail('file_not_found');
  const channels = channelsNamed(workspace, args);
  if (typeof channels === 'string') return fail(channels);
  const ids = channels.map((channel) => channel.id);
  for (const { file, title } of named) {
    workspace.files.put(file.id, { ...file, title: title || file.name, channels: ids, complete: true });
  }
  for (const channel of channels) share(workspace, channel, named, args);
  return { ok: true, files: named.map(({ file, title }) => ({ id: file.id, title: title || file.name })) };
}

function share(workspace: Workspace, channel: Channel, named: Named[], args: Json): void {
  const parent = messageAt(workspace, channel, args.thread_ts);
  const message = workspace.putMessage({
    ts: workspace.nextTs(),
    channel: channel.id,
    user: workspace.app.botUserId,
    text: text(args.initial_comment) ?? '',
    files: named.map(({ file }) => file.id),
    ...(parent ? { threadTs: parent.threadTs ?? parent.ts } : {}),
  });
  tellPosted(workspace, message);
}

export const fileMethods = {
  'files.getUploadURLExternal': { json: false, required: ['filename', 'length'], run: getUploadUrl },
  'files.completeUploadExternal': { json: true, required: ['files'], run: complete },
} satisfies Record<string, Method>;
