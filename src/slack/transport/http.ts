import type { RequestListener } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Logger } from '../../observe/logger.ts';
import { boltLogger } from '../bolt-logger.ts';
import type { Allowed } from '../guard/allow-list.ts';
import { guard } from '../guard/guard.ts';

const ENDPOINT = '/slack/events';

export type HttpOptions = {
  readonly signingSecret: string;
  readonly allowed: Allowed;
  readonly logger: Logger;
};

/** What Slack sends as signed requests: Bolt's receiver, and the listener that stands guard before it. */
export function httpTransport({ signingSecret, allowed, logger }: HttpOptions): {
  receiver: HTTPReceiver;
  requestListener: RequestListener;
} {
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: ENDPOINT,
    logger: boltLogger(logger),
    // A listener failed and has told the person: not acknowledged, but not kept waiting for three seconds either.
    processEventErrorHandler: async ({ response }) => {
      if (!response.headersSent) response.writeHead(500).end();
      return true;
    },
  });
  const next: RequestListener = (request, response) => receiver.requestListener(request, response);
  return { receiver, requestListener: guard({ signingSecret, allowed, next, logger }) };
}
