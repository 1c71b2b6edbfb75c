import type { BlockAction } from '@slack/bolt';
import type { Identity } from '../../guard/identify.ts';
import { readPointer } from '../../guard/pointer.ts';
import { askToBeLinked } from '../../link/request.ts';
import type { ListenerContext } from '../context.ts';

/**
 * What to say to somebody whose press nobody can be found behind: why; and for a member of the workspace whom no person
 * is recognised in, that the admins are asked and the press is kept.
 */
export async function wordsForStranger(
  context: ListenerContext,
  body: BlockAction,
  identity: Extract<Identity, { ok: false }>,
): Promise<string> {
  const action = body.actions[0];
  const value = action && 'value' in action && typeof action.value === 'string' ? action.value : '';
  const pointer = readPointer(value);
  if (!identity.stranger || !action || !pointer) return identity.words;
  const { action_id, action_ts } = action;
  const press = { exceptionId: pointer.exceptionId, action_id, action_ts, value };
  const { reader, stranger } = identity;
  return (await askToBeLinked(context, stranger, { press, reader })) ?? identity.words;
}
