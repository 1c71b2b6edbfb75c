import type { RequestListener, ServerResponse } from 'node:http';
import type { App } from '@slack/bolt';
import type { Logger } from '../../observe/logger.ts';
import type { AllowList, TurnedAway } from '../guard/allow-list.ts';
import { guard, type Passed } from '../guard/guard.ts';

export type HttpOptions = {
  readonly signingSecret: string;
  readonly allowed: AllowList;
  /** Bolt, or what chooses between several. */
  readonly processEvent: App['processEvent'];
  readonly turnedAway: TurnedAway;
  readonly logger: Logger;
};

/**
 * The listener for what Slack sends as signed requests: our guard, and behind it Bolt's routing. Bolt's own receiver would
 * read, verify and parse everything a second time.
 */
export function httpTransport({
  signingSecret,
  allowed,
  processEvent,
  turnedAway,
  logger,
}: HttpOptions): RequestListener {
  const serve = async (
    { payload, retryNum, retryReason }: Passed,
    response: ServerResponse,
  ): Promise<void> => {
    try {
      await processEvent({
        body: { ...payload },
        ack: isEvent(payload) ? leaveIt : async (answer) => acknowledge(response, answer),
        ...(retryNum === undefined ? {} : { retryNum }),
        ...(retryReason === undefined ? {} : { retryReason }),
      });
      // Also what no listener took: Slack would bring it again.
      acknowledge(response);
    } catch (error) {
      logger.warn({ err: error, type: payload.type }, 'request to /slack/events was not served');
      // A listener failed and has told the person: not acknowledged, but not kept waiting for three seconds either.
      if (!response.headersSent) response.writeHead(500).end();
    }
  };
  const next = (passed: Passed, response: ServerResponse): void => void serve(passed, response);
  return guard({ signingSecret, allowed, next, turnedAway, logger });
}

/**
 * Bolt acknowledges an event before it is handled, and one that is lost then never comes again. Left to the end: what is
 * not done is not acknowledged, and Slack brings it again.
 */
const isEvent = (payload: Passed['payload']): boolean => payload.type === 'event_callback';
const leaveIt = async (): Promise<void> => undefined;

/** Answers once, in the form that Slack reads: nothing, words, or an object. */
function acknowledge(response: ServerResponse, answer?: unknown): void {
  if (response.headersSent) return;
  if (typeof answer !== 'object' || answer === null) {
    response.writeHead(200).end(typeof answer === 'string' ? answer : '');
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}
