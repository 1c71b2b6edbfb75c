import { exceptionLabel } from '../../core/ids.ts';
import { newId } from '../../db/new-id.ts';
import { wakeSender } from '../../db/outbox/wake-sender.sql.ts';
import { inWorkspace, type Tx } from '../../db/tx.ts';
import type { Stranger } from '../guard/identify.ts';
import type { ListenerContext } from '../listeners/context.ts';
import { richly } from '../views/instants.ts';
import type { Reader } from '../views/reader.ts';
import { askAdmins } from './ask-admins.sql.ts';
import { exceptionNumber } from './exception-number.sql.ts';
import { insertRequest } from './insert-request.sql.ts';
import { keepPressed } from './keep-pressed.sql.ts';
import { type LinkRequest, lockNewest } from './link-request.sql.ts';
import type { Pressed } from './pressed.ts';
import { renewToken } from './renew-token.sql.ts';
import { sendToken } from './send-token.ts';
import { newToken } from './token.ts';

/** How long a request, and then a token, stands. */
export const LINK_STANDS_MS = 30 * 60_000;

/** The press of somebody nobody knows. */
export type StrangersPress = { readonly exceptionId: string } & Omit<Pressed, 'label' | 'reading'>;

type Asked =
  | { readonly kind: 'asked'; readonly until: Date }
  | { readonly kind: 'waiting'; readonly until: Date }
  | { readonly kind: 'vouched'; readonly request: LinkRequest; readonly token: string }
  | { readonly kind: 'declined' }
  | { readonly kind: 'no_admin' };

/**
 * Keeps what a stranger pressed and asks the admins who they are, once while a request is open. Returns what to say to
 * the stranger; undefined when there is no admin to ask. One for whom an admin has vouched gets the message with the token again, with another token.
 */
export async function askToBeLinked(
  context: ListenerContext,
  stranger: Stranger,
  { press, reader }: { press: StrangersPress; reader: Reader },
): Promise<string | undefined> {
  const { sql, workspaceId } = context;
  const asked = await inWorkspace(sql, workspaceId, (tx) =>
    ask(tx, workspaceId, { stranger, press, reader }),
  );
  const { link } = reader.words;
  if (asked.kind === 'declined') return link.declinedLately;
  if (asked.kind === 'no_admin') return undefined;
  const { instant } = richly(reader);
  if (asked.kind === 'asked' || asked.kind === 'waiting') return link[asked.kind](instant(asked.until));
  const { request, token } = asked;
  const isSent = await sendToken(context, { request, token, reader });
  return isSent ? link.sentAgain(instant(request.expires_at)) : link.notSent;
}

async function ask(
  tx: Tx,
  workspaceId: string,
  { stranger, press, reader }: { stranger: Stranger; press: StrangersPress; reader: Reader },
): Promise<Asked> {
  const { slackUserId, name: slackName } = stranger;
  const newest = await lockNewest(tx, workspaceId, slackUserId);
  const { exceptionId, ...rest } = press;
  const number = await exceptionNumber(tx, workspaceId, exceptionId);
  const reading = { locale: reader.locale, zone: reader.zone };
  const pressed = { ...rest, label: number === undefined ? '?' : exceptionLabel(number), reading };
  if (newest?.state === 'open') {
    const requestId = newest.link_request_id;
    await keepPressed(tx, { workspaceId, requestId, pressed });
    if (newest.person_id === null) return { kind: 'waiting', until: newest.expires_at };
    const { token, hash } = newToken();
    await renewToken(tx, { workspaceId, requestId, tokenHash: hash });
    return { kind: 'vouched', request: newest, token };
  }
  if (newest?.is_declined_lately) return { kind: 'declined' };
  const requestId = newId();
  const expiresAt = new Date(Date.now() + LINK_STANDS_MS);
  const link = {
    request_id: requestId,
    slack_user_id: slackUserId,
    slack_name: slackName,
    action_id: pressed.action_id,
    label: pressed.label,
    until: expiresAt.toISOString(),
  };
  if ((await askAdmins(tx, { workspaceId, notice: { link } })) === 0) return { kind: 'no_admin' };
  await insertRequest(tx, { workspaceId, requestId, slackUserId, slackName, pressed, expiresAt });
  await wakeSender(tx, workspaceId);
  return { kind: 'asked', until: expiresAt };
}
