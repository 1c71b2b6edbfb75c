import { type BulkAction, type Chooser, type ChosenAction, canDo } from '../../core/bulk.ts';
import type { GroupItem } from '../../core/group.ts';
import type { Sql } from '../../db/client.ts';
import type { Bulk } from '../../db/flood/bulk-row.ts';
import { type GroupHead, type GroupKey, groupHead } from '../../db/flood/group-head.sql.ts';
import { groupItems } from '../../db/flood/group-items.sql.ts';
import { insertBulk } from '../../db/flood/insert-bulk.sql.ts';
import { readBulk } from '../../db/flood/read-bulk.sql.ts';
import { newId } from '../../db/new-id.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import { offeredTo } from './bulk-offered-to.sql.ts';
import { readPresser } from './bulk-person.sql.ts';
import { type Colleague, colleaguesFor } from './colleagues.sql.ts';

/** A group with all its exceptions, and who looks at it. */
export type GroupView = {
  readonly head: GroupHead;
  readonly items: readonly GroupItem[];
  readonly chooser: Chooser;
};

/** What a group holds at this moment, for its list; undefined when the group or the person does not exist here. */
export const readGroup = (
  sql: Sql,
  about: GroupKey & { readonly personId: string },
): Promise<GroupView | undefined> =>
  inWorkspace(sql, about.workspaceId, async (tx) => {
    const presser = await readPresser(tx, about);
    const head = await groupHead(tx, about);
    if (!head || !presser) return undefined;
    const { personId, roles, teamIds } = presser;
    const chooser = { personId, roles, isTeamMember: teamIds.has(head.teamId) };
    return { head, items: await groupItems(tx, about), chooser };
  });

/** What a person is about to be asked to confirm: of which exceptions, and to whom they could be handed over. */
export type Proposal = {
  readonly bulkId: string;
  readonly action: BulkAction;
  readonly type: string;
  readonly teamName: string;
  readonly items: readonly GroupItem[];
  readonly colleagues: readonly Colleague[];
};

type Proposed = GroupKey & { readonly personId: string };

/** Keeps these exceptions of a group as what the person is asked to confirm; undefined when none of them can be acted on. */
export async function propose(
  sql: Sql,
  about: Proposed,
  { action, isChosen }: { action: ChosenAction; isChosen: (item: GroupItem) => boolean },
): Promise<Proposal | undefined> {
  const group = await readGroup(sql, about);
  if (!group) return undefined;
  const items = group.items.filter((item) => isChosen(item) && canDo(action, item, group.chooser));
  return await inWorkspace(sql, about.workspaceId, (tx) =>
    keep(tx, { ...about, action, head: group.head, items }),
  );
}

/** Keeps what another bulk action offered to the person, as what they are asked to accept or decline. */
export const proposeAnswer = (
  sql: Sql,
  about: { workspaceId: string; personId: string; bulkId: string },
  action: 'accept' | 'decline',
): Promise<Proposal | undefined> =>
  inWorkspace(sql, about.workspaceId, async (tx) => {
    const made = await readBulk(tx, about);
    if (made?.action !== 'hand_over') return undefined;
    const { workspaceId, groupId } = made;
    const head = await groupHead(tx, made);
    if (!head) return undefined;
    const open = await offeredTo(tx, { ...about, exceptionIds: made.exceptionIds });
    const items = (await groupItems(tx, made)).filter(({ exceptionId }) => open.has(exceptionId));
    return await keep(tx, { workspaceId, groupId, personId: about.personId, action, head, items });
  });

async function keep(
  tx: Tx,
  given: Proposed & { action: BulkAction; head: GroupHead; items: readonly GroupItem[] },
): Promise<Proposal | undefined> {
  const { workspaceId, groupId, personId, action, head, items } = given;
  const exceptionIds = items.map(({ exceptionId }) => exceptionId);
  const [exceptionId] = exceptionIds;
  if (exceptionId === undefined) return undefined;
  const bulkId = newId();
  await insertBulk(tx, { workspaceId, bulkId, groupId, personId, action, exceptionIds });
  const colleagues = action === 'hand_over' ? await colleaguesFor(tx, { workspaceId, exceptionId }) : [];
  return { bulkId, action, type: head.type, teamName: head.team.name, items, colleagues };
}

/** The bulk action as it is kept, for whoever it was asked of; undefined when it is another's or gone. */
export const readOwn = (
  sql: Sql,
  about: { workspaceId: string; bulkId: string; personId: string },
): Promise<Bulk | undefined> =>
  inWorkspace(sql, about.workspaceId, async (tx) => {
    const bulk = await readBulk(tx, about);
    return bulk?.personId === about.personId ? bulk : undefined;
  });
