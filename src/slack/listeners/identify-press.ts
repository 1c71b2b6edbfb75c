import { inStatement } from '../../db/tx.ts';
import { type ActRead, readAct } from '../../pipeline/act/act-facts.sql.ts';
import { type Identity, identify, identityOf } from '../guard/identify.ts';
import type { ListenerContext } from './context.ts';

export type IdentifiedPress = {
  readonly identity: Identity;
  /** What the act is decided from; undefined when the person was not known yet. */
  readonly read: ActRead | undefined;
};

/** Who presses, together with everything the press is decided from: one statement for a person who is known. */
export async function identifyPress(
  context: ListenerContext,
  press: { readonly slackUserId: string; readonly exceptionId: string; readonly requestKey: string },
): Promise<IdentifiedPress> {
  const { sql, workspaceId } = context;
  const read = await inStatement(() => readAct(sql, { workspaceId, ...press }), { writes: false });
  const { presser } = read;
  if (!presser) return { identity: await identify(context, press.slackUserId), read: undefined };
  return { identity: identityOf(context, presser), read };
}
