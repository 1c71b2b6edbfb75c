import { AS_WRITTEN } from '../as-written.ts';
import type { ListenerContext } from '../listeners/context.ts';
import { renderConfirm } from '../views/link.ts';
import type { Reader } from '../views/reader.ts';
import type { LinkRequest } from './link-request.sql.ts';

/**
 * Sends the token to the Slack user whom the request is of, as a direct message; whether Slack took it. Not by the outbox,
 * which would keep the token, and the token stands nowhere but in that message.
 */
export async function sendToken(
  context: ListenerContext,
  { request, token, reader }: { request: LinkRequest; token: string; reader: Reader },
): Promise<boolean> {
  const { text, blocks } = renderConfirm(
    {
      requestId: request.link_request_id,
      token,
      adminName: request.voucher_name ?? '',
      personName: request.person_name ?? '',
      until: request.expires_at,
    },
    reader,
  );
  const sent = await context.call('chat.postMessage', {
    channel: request.slack_user_id,
    text,
    blocks,
    ...AS_WRITTEN,
    unfurl_links: false,
  });
  if (sent.kind !== 'done') {
    const { link_request_id: linkRequestId } = request;
    context.logger.warn(
      { linkRequestId, outcome: sent.kind },
      'the message that confirms a link was not sent',
    );
  }
  return sent.kind === 'done';
}
