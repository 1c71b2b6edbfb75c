import type { ReceiverEvent } from '@slack/bolt';
import type { Logger } from '../../observe/logger.ts';
import { type AllowList, objectionTo, type TurnedAway } from '../guard/allow-list.ts';

/** What Slack puts on a connection, as its client hands it over. */
export type Envelope = {
  readonly envelope_id: string;
  readonly type: string;
  readonly body: unknown;
  readonly ack: (response?: object) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
};

export type EnvelopeOptions = {
  readonly allowed: AllowList;
  /** Bolt, which routes what passed. */
  readonly next: (event: ReceiverEvent) => Promise<void>;
  readonly turnedAway?: TurnedAway;
  readonly logger: Logger;
};

/**
 * Answers one envelope by the rules that hold for requests: only our team and app, only what a person's press could
 * have made. Every envelope is acknowledged in the end, after its work: Slack would bring it again and again.
 *
 * A listener that failed has told the person that nothing was changed, so its envelope must not come a second time.
 */
export async function answerEnvelope(options: EnvelopeOptions, envelope: Envelope): Promise<void> {
  const { logger } = options;
  const about = { envelope: envelope.envelope_id, type: envelope.type };
  const ack = acknowledger(envelope, logger);
  const { body } = envelope;
  const objection = isPayload(body) ? objectionTo(body, options.allowed) : undefined;
  if (objection || !isPayload(body)) {
    const problem = objection?.problem ?? 'body_malformed';
    logger.warn({ ...about, problem }, 'envelope of Socket Mode refused');
    if (objection?.status === 403 && isPayload(body)) options.turnedAway?.(body, problem);
    return await ack.once();
  }
  try {
    await options.next({
      body,
      // Bolt acknowledges an event before it is handled; one that dies with the process must come again.
      ack: envelope.type === 'events_api' ? leaveIt : ack.once,
      ...(envelope.retry_num === undefined ? {} : { retryNum: envelope.retry_num }),
      ...(envelope.retry_reason === undefined ? {} : { retryReason: envelope.retry_reason }),
    });
  } catch (error) {
    logger.warn({ ...about, err: error }, 'envelope of Socket Mode was not served');
  }
  // Also what no listener took: Bolt leaves that alone.
  await ack.once();
}

const leaveIt = async (): Promise<void> => undefined;

/** Acknowledges at most once. A connection that went away meanwhile is no error: the work is kept, and asking again finds it. */
function acknowledger(envelope: Envelope, logger: Logger): { once: (response?: unknown) => Promise<void> } {
  let isDone = false;
  const once = async (response?: unknown): Promise<void> => {
    if (isDone) return;
    isDone = true;
    try {
      await envelope.ack(asObject(response));
    } catch (error) {
      const { envelope_id: id, type } = envelope;
      logger.warn({ err: error, envelope: id, type }, 'the connection closed before the acknowledgement');
    }
  };
  return { once };
}

const asObject = (response: unknown): object | undefined => {
  if (typeof response === 'string') return response === '' ? undefined : { text: response };
  return typeof response === 'object' && response !== null ? response : undefined;
};

const isPayload = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
