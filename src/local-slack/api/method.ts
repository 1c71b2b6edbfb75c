import type { Json, Problem } from '../blocks/checks.ts';
import { isObject, spell } from '../blocks/checks.ts';
import type { Channel, Message } from '../types.ts';
import type { Workspace } from '../workspace.ts';

export type Answer = { ok: true; [field: string]: unknown } | ErrorAnswer;
export type ErrorAnswer = { ok: false; error: string; [field: string]: unknown };

export type Method = {
  /** Slack reads a JSON body for this method; for the others it reads form fields and the query only. */
  json: boolean;
  required: readonly string[];
  noToken?: boolean;
  /** Takes the app's own token (xapp-) instead of the bot's. */
  token?: 'app';
  /** `token` is the one that was let in; empty when the method takes none. */
  run: (workspace: Workspace, args: Json, token: string) => Answer;
};

export const fail = (error: string, more: Json = {}): ErrorAnswer => ({ ok: false, error, ...more });

/** A code with the problems spelled the way Slack does, in both places where Slack puts them. */
export const failWith = (error: string, problems: readonly Problem[]): ErrorAnswer => ({
  ok: false,
  error,
  errors: problems.map(spell),
  response_metadata: { messages: problems.map((problem) => `[ERROR] ${spell(problem)}`) },
});

export const text = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
};

export const flag = (value: unknown): boolean =>
  value === true || value === 'true' || value === '1' || value === 1;

/** An argument that is JSON, or JSON in a string; `unreadable` when the string is not JSON. */
export function structured(value: unknown): { value: unknown } | 'unreadable' {
  if (typeof value !== 'string') return { value: value ?? undefined };
  if (value === '') return { value: undefined };
  try {
    return { value: JSON.parse(value) };
  } catch {
    return 'unreadable';
  }
}

/** The channel with this id, if the app can see it: private ones only as a member. */
export function visibleChannel(workspace: Workspace, id: unknown): Channel | undefined {
  const channel = workspace.channels.get(text(id) ?? '');
  if (!channel) return undefined;
  if (channel.kind !== 'public' && !channel.members.includes(workspace.app.botUserId)) return undefined;
  return channel;
}

export const isMember = (workspace: Workspace, channel: Channel): boolean =>
  channel.members.includes(workspace.app.botUserId);

/** The message at `ts` that the app can name: neither gone nor a tombstone. */
export function messageAt(workspace: Workspace, channel: Channel, ts: unknown): Message | undefined {
  const message = workspace.messages(channel.id).get(text(ts) ?? '');
  return message?.subtype === 'tombstone' ? undefined : message;
}

/** A page of rows after a cursor. The cursor is opaque to callers; `invalid_cursor` when it is not ours. */
export function page<T>(
  rows: readonly T[],
  args: Json,
  defaults: { limit: number; max: number },
): { rows: T[]; cursor: string } | 'invalid_cursor' | 'invalid_limit' {
  const limit = args.limit === undefined || args.limit === '' ? defaults.limit : Number(args.limit);
  if (!Number.isInteger(limit) || limit < 0 || limit > defaults.max) return 'invalid_limit';
  const size = limit === 0 ? defaults.limit : limit;
  const from = cursorStart(text(args.cursor) ?? '');
  if (from === undefined) return 'invalid_cursor';
  const next = from + size;
  return {
    rows: rows.slice(from, next),
    cursor: next < rows.length ? Buffer.from(`next:${next}`).toString('base64') : '',
  };
}

function cursorStart(cursor: string): number | undefined {
  if (cursor === '') return 0;
  const match = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  return match ? Number(match[1]) : undefined;
}

export const isRecord = isObject;
