import type { Json, Problem } from './blocks/checks.ts';
import { LIMITS } from './blocks/limits.ts';
import { viewProblems } from './blocks/surfaces.ts';
import type { View } from './types.ts';
import { type Workspace, withIds } from './workspace.ts';

export type ViewRefusal = {
  refusal: 'view_too_large' | 'duplicate_external_id' | 'push_limit_reached' | 'invalid';
  problems: Problem[];
};

/** The view as given, when Slack would take it in this place. */
export function checkedView(
  workspace: Workspace,
  view: unknown,
  place: { kinds: readonly ('modal' | 'home')[]; replaces?: string },
): Json | ViewRefusal {
  if (Buffer.byteLength(JSON.stringify(view ?? null)) > LIMITS.view.bytes) {
    return { refusal: 'view_too_large', problems: [] };
  }
  const problems = viewProblems(view, place.kinds);
  if (problems.length > 0) return { refusal: 'invalid', problems };
  const checked = view as Json;
  const external = checked.external_id;
  const taken = [...workspace.views.values(), ...workspace.homes.values()].some(
    (other) => external && other.externalId === external && other.id !== place.replaces,
  );
  return taken ? { refusal: 'duplicate_external_id', problems: [] } : checked;
}

export const isRefused = (view: Json | ViewRefusal): view is ViewRefusal => 'refusal' in view;

const newHash = (workspace: Workspace): string =>
  `${Math.floor(workspace.clock() / 1000)}.${workspace.newId('').toLowerCase()}`;

function fieldsOf(workspace: Workspace, view: Json) {
  return {
    blocks: withIds(view.blocks as Json[]),
    ...(view.title ? { title: view.title as Json } : {}),
    ...(view.submit ? { submit: view.submit as Json } : {}),
    ...(view.close ? { close: view.close as Json } : {}),
    callbackId: String(view.callback_id ?? ''),
    externalId: String(view.external_id ?? ''),
    privateMetadata: String(view.private_metadata ?? ''),
    clearOnClose: view.clear_on_close === true,
    notifyOnClose: view.notify_on_close === true,
    hash: newHash(workspace),
  };
}

/** Puts a modal on top of the person's stack. Opening, unlike pushing, starts a new stack. */
export function showModal(workspace: Workspace, user: string, view: Json, mode: 'open' | 'push'): View {
  if (mode === 'open') clearStack(workspace, user);
  const below = workspace.stackOf(user).at(-1);
  const id = workspace.newId('V');
  const shown = workspace.views.put(id, {
    ...fieldsOf(workspace, view),
    id,
    user,
    type: 'modal',
    rootId: below?.rootId ?? id,
    previousId: below?.id ?? null,
    revision: 1,
  });
  workspace.live.emit({ kind: 'views', user });
  return shown;
}

/** Replaces what an open modal shows, in its place on the stack. */
export function replaceView(workspace: Workspace, current: View, view: Json): View {
  const { title: _title, submit: _submit, close: _close, ...kept } = current;
  const table = current.type === 'home' ? workspace.homes : workspace.views;
  const key = current.type === 'home' ? current.user : current.id;
  const shown = table.put(key, { ...kept, ...fieldsOf(workspace, view), revision: current.revision + 1 });
  workspace.live.emit({ kind: current.type === 'home' ? 'home' : 'views', user: current.user });
  return shown;
}

export function publishHome(workspace: Workspace, user: string, view: Json): View {
  const current = workspace.homes.get(user);
  if (current) return replaceView(workspace, current, view);
  const id = workspace.newId('V');
  const shown = workspace.homes.put(user, {
    ...fieldsOf(workspace, view),
    id,
    user,
    type: 'home',
    rootId: id,
    previousId: null,
    revision: 1,
  });
  workspace.live.emit({ kind: 'home', user });
  return shown;
}

export function closeView(workspace: Workspace, view: View): void {
  workspace.views.delete(view.id);
  workspace.live.emit({ kind: 'views', user: view.user });
}

export function clearStack(workspace: Workspace, user: string): void {
  for (const view of workspace.stackOf(user)) workspace.views.delete(view.id);
  workspace.live.emit({ kind: 'views', user });
}
