import type { Json } from '../blocks/checks.ts';
import { LIMITS } from '../blocks/limits.ts';
import type { View } from '../types.ts';
import { checkedView, isRefused, publishHome, replaceView, showModal, type ViewRefusal } from '../views.ts';
import { wireView } from '../wire.ts';
import type { Workspace } from '../workspace.ts';
import type { Answer, ErrorAnswer, Method } from './method.ts';
import { fail, failWith, structured, text } from './method.ts';

const refused = (view: ViewRefusal): ErrorAnswer =>
  view.refusal === 'invalid' ? failWith('invalid_arguments', view.problems) : fail(view.refusal);

const missing = (field: string): ErrorAnswer =>
  failWith('invalid_arguments', [{ message: `missing required field: ${field}`, pointer: '' }]);

function readView(args: Json): { value: unknown } | ErrorAnswer {
  const read = structured(args.view);
  if (read !== 'unreadable') return read;
  return failWith('invalid_arguments', [{ message: 'must be valid JSON', pointer: '/view' }]);
}

function show(mode: 'open' | 'push'): Method['run'] {
  return (workspace, args) => {
    const read = readView(args);
    if ('ok' in read) return read;
    const id = text(args.trigger_id) || text(args.interactivity_pointer);
    if (!id) return missing('trigger_id');
    const trigger = workspace.triggers.look(id);
    if (typeof trigger === 'string') return fail(trigger);
    const stack = workspace.stackOf(trigger.user);
    if (mode === 'push' && stack.length === 0) return fail('not_found');
    if (mode === 'push' && stack.length >= LIMITS.view.stack) return fail('push_limit_reached');
    const view = checkedView(workspace, read.value, { kinds: ['modal'] });
    if (isRefused(view)) return refused(view);
    workspace.triggers.use(id);
    return { ok: true, view: wireView(workspace, showModal(workspace, trigger.user, view, mode)) };
  };
}

function target(workspace: Workspace, args: Json): View | undefined {
  const id = text(args.view_id);
  const external = text(args.external_id);
  const all = [...workspace.views.values(), ...workspace.homes.values()];
  return all.find((view) => (id ? view.id === id : external !== undefined && view.externalId === external));
}

function update(workspace: Workspace, args: Json): Answer {
  const read = readView(args);
  if ('ok' in read) return read;
  if (!text(args.view_id) && !text(args.external_id)) return missing('view_id');
  const current = target(workspace, args);
  if (!current) return fail('not_found');
  const hash = text(args.hash);
  if (hash && hash !== current.hash) return fail('hash_conflict');
  const view = checkedView(workspace, read.value, { kinds: [current.type], replaces: current.id });
  if (isRefused(view)) return refused(view);
  return { ok: true, view: wireView(workspace, replaceView(workspace, current, view)) };
}

function publish(workspace: Workspace, args: Json): Answer {
  const read = readView(args);
  if ('ok' in read) return read;
  const user = workspace.users.get(text(args.user_id) ?? '');
  if (!user || user.deleted || user.isBot) {
    return failWith('invalid_arguments', [{ message: 'invalid `user_id`', pointer: '/user_id' }]);
  }
  const current = workspace.homes.get(user.id);
  const hash = text(args.hash);
  if (hash && hash !== current?.hash) return fail('hash_conflict');
  const place = { kinds: ['home'] as const, ...(current ? { replaces: current.id } : {}) };
  const view = checkedView(workspace, read.value, place);
  if (isRefused(view)) return refused(view);
  return { ok: true, view: wireView(workspace, publishHome(workspace, user.id, view)) };
}

export const viewMethods = {
  'views.open': { json: true, required: ['view'], run: show('open') },
  'views.push': { json: true, required: ['view'], run: show('push') },
  'views.update': { json: true, required: ['view'], run: update },
  'views.publish': { json: true, required: ['view', 'user_id'], run: publish },
} satisfies Record<string, Method>;
