import { inWorkspace, type Tx } from '../../db/tx.ts';
import { findPerson, type KnownPerson } from '../guard/find-person.sql.ts';
import { linkPerson } from '../guard/link-person.sql.ts';
import type { ListenerContext } from '../listeners/context.ts';
import { type LinkRequest, lockRequest } from './link-request.sql.ts';
import { type Pressed, readPressed } from './pressed.ts';
import { isToken } from './token.ts';
import { useRequest } from './use-request.sql.ts';

/** Why a confirmation changed nothing. */
export type ConfirmProblem =
  | { readonly kind: 'notYours' | 'used' | 'linkExpired' }
  | { readonly kind: 'alreadyLinked' | 'taken'; readonly personName: string };

export type Confirmed =
  | { readonly ok: true; readonly person: KnownPerson; readonly pressed: Pressed | undefined }
  | ({ readonly ok: false } & ConfirmProblem);

type Confirmation = { readonly requestId: string; readonly token: string; readonly slackUserId: string };

/**
 * Links the Slack user to the person an admin vouched for, once, by the token of their direct message. A token that is
 * wrong is answered like one of somebody else: whoever guesses learns nothing.
 */
export async function confirm(
  { sql, workspaceId }: Pick<ListenerContext, 'sql' | 'workspaceId'>,
  confirmation: Confirmation,
): Promise<Confirmed> {
  return await inWorkspace(sql, workspaceId, async (tx) => {
    const request = await lockRequest(tx, workspaceId, confirmation.requestId);
    const problem = await problemOf(tx, workspaceId, { request, confirmation });
    if (problem) return { ok: false, ...problem };
    if (!request?.person_id) throw new Error('a request without a person passed its checks');
    const { slackUserId, requestId } = confirmation;
    const link = { workspaceId, personId: request.person_id, slackUserId, linkRequestId: requestId };
    const linked = await linkPerson(tx, link);
    if (!linked) return { ok: false, kind: 'taken', personName: request.person_name ?? '' };
    await useRequest(tx, workspaceId, requestId);
    return { ok: true, person: linked, pressed: readPressed(request.pressed) };
  });
}

async function problemOf(
  tx: Tx,
  workspaceId: string,
  { request, confirmation }: { request: LinkRequest | undefined; confirmation: Confirmation },
): Promise<ConfirmProblem | undefined> {
  const { slackUserId, token } = confirmation;
  if (!request || request.slack_user_id !== slackUserId) return { kind: 'notYours' };
  if (request.state === 'used') return { kind: 'used' };
  const known = await findPerson(tx, workspaceId, slackUserId);
  if (known) return { kind: 'alreadyLinked', personName: known.name };
  if (request.token_hash === null || !isToken(token, request.token_hash)) return { kind: 'used' };
  return request.state === 'open' ? undefined : { kind: 'linkExpired' };
}
