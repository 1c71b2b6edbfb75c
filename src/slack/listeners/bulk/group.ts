import { type ChosenAction, canDo, passes, readLimit } from '../../../core/bulk.ts';
import { amountTagOf } from '../../../core/configured.ts';
import type { GroupItem } from '../../../core/group.ts';
import { type GroupView, readGroup } from '../../../pipeline/act/bulk-prepare.ts';
import type { View } from '../../views/blocks.ts';
import { chooseView, groupListView } from '../../views/bulk-list.ts';
import type { ListState } from '../../views/bulk-pointer.ts';
import type { Reader } from '../../views/reader.ts';
import type { ListenerContext } from '../context.ts';

/** Which of a group's exceptions a list shows: those that pass its filter and, for an action, that it could be done to. */
export function isListed(state: ListState, { chooser }: GroupView): (item: GroupItem) => boolean {
  const atLeast = readLimit(state.min);
  const filter = { text: state.text.trim(), ...(atLeast === undefined ? {} : { atLeast }) };
  const { action } = state;
  return (item) => passes(item, filter) && (action === 'list' || canDo(action, item, chooser));
}

/** The list of a group as it is now; undefined when there is no such group. */
export async function listView(
  context: ListenerContext,
  { state, personId, reader }: { state: ListState; personId: string; reader: Reader },
): Promise<View | undefined> {
  const { sql, workspaceId, organisation } = context;
  const group = await readGroup(sql, { workspaceId, groupId: state.groupId, personId });
  if (!group) return undefined;
  const items = group.items
    .filter(isListed(state, group))
    .map((item) => ({ ...item, amountTag: amountTagOf(organisation, item.client) }));
  return isChoice(state) ? chooseView(items, { state, reader }) : groupListView(items, { state, reader });
}

type ChoiceState = ListState & { readonly action: ChosenAction };

export const isChoice = (state: ListState): state is ChoiceState => state.action !== 'list';
