import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../../core/fault.ts';
import type { ListenerContext } from './context.ts';

/** Slack stops waiting after 3 s; what is left pays for telling the person. */
const DEADLINE_MS = 2_500;

/** What `work` returns. Throws Fault('too_slow') when it takes longer than a person's press may. */
export async function withinDeadline<T>(work: Promise<T>): Promise<T> {
  const cancel = new AbortController();
  const late = sleep(DEADLINE_MS, undefined, { signal: cancel.signal }).then(() => {
    throw new Fault('too_slow', `no answer within ${DEADLINE_MS} ms: check the database. Press again.`, {
      retryable: true,
    });
  });
  late.catch(() => {}); // cancelled: the work was faster
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel.abort();
    work.catch(() => {}); // it may still fail after nobody waits; its transaction rolls back by itself
  }
}

/** Logs a fault and returns what to say to the person, with the reference that finds the log line. */
export function faultWords(
  { logger }: ListenerContext,
  error: unknown,
  about: Record<string, unknown>,
): string {
  const reference = randomBytes(4).toString('hex');
  logger.error({ err: error, reference, ...about }, 'a press failed');
  const maybe = error instanceof Fault && (error.code === 'too_slow' || error.code === 'commit_unknown');
  const state = maybe ? 'It may or may not have gone through' : 'Nothing was changed';
  return `Something went wrong here, not with you. ${state}: look at the card and press again in a moment. If it stays so, tell an operator the reference ${reference}.`;
}
