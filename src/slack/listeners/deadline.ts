import { randomBytes } from 'node:crypto';
import { Fault } from '../../core/fault.ts';
import type { Reader } from '../views/reader.ts';
import type { ListenerContext } from './context.ts';

/** Slack stops waiting after 3 s; what is left pays for telling the person. */
const DEADLINE_MS = 2_500;

/** What `work` returns. Throws Fault('too_slow') when it takes longer than a person's press may. */
export async function withinDeadline<T>(work: Promise<T>, limitMs = DEADLINE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(limitMs)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // it may still fail after nobody waits; its transaction rolls back by itself
  }
}

const tooSlow = (limitMs: number): Fault =>
  new Fault('too_slow', `no answer within ${limitMs} ms: check the database. Press again.`, {
    retryable: true,
  });

/** A new name under which the log finds what a person was told: eight hexadecimal digits. */
export const newReference = (): string => randomBytes(4).toString('hex');

type About = { readonly reader: Reader } & Record<string, unknown>;

/** Logs a fault of a press and returns what to say to its reader, with the reference that finds the log line. */
export function faultWords(context: ListenerContext, error: unknown, about: About): string {
  const reference = logged(context, error, about);
  const maybe = error instanceof Fault && (error.code === 'too_slow' || error.code === 'commit_unknown');
  const { press } = about.reader.words;
  return press.fault({ state: maybe ? press.faultMaybeDone : press.faultNothingDone, reference });
}

/** The same for what only asks, of which there is no card to look at. */
export const askedFaultWords = (context: ListenerContext, error: unknown, about: About): string =>
  about.reader.words.press.askedFault(logged(context, error, about));

function logged({ logger }: ListenerContext, error: unknown, { reader: _, ...about }: About): string {
  const reference = newReference();
  logger.error({ err: error, reference, ...about }, 'a press failed');
  return reference;
}
